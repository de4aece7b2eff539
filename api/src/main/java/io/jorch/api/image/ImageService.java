package io.jorch.api.image;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.ImagePin;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/// A node's images, as the Engine API's image endpoints need them.
///
/// All methods block and may be called by any thread at the same time. They are cancelled by interrupting the caller:
/// they then throw [JorchException] UNAVAILABLE and leave the interrupt flag set. Whatever fails leaves nothing
/// half-visible. Progress consumers are called by several threads, one after another, never after the method returned;
/// what a consumer throws aborts the work.
///
/// `nameOrId` is a familiar reference (`nginx`, `host:5000/a/b:tag`, `name@sha256:…`), an image id with or without
/// `sha256:`, or an unambiguous beginning of an id. Errors common to all: INVALID (malformed), NOT_FOUND (no such image;
/// no such repository or tag), UNAUTHENTICATED, FORBIDDEN (the registry refuses), UNAVAILABLE (registry unreachable),
/// CORRUPT (digest or format wrong), EXHAUSTED (disk full).
public interface ImageService {
    List<ImageSummary> list(ImageFilter filter);

    ImageInspect inspect(String nameOrId);

    List<ImageHistoryItem> history(String nameOrId);

    /// Fetches an image for the given platform, so that a task can run it, and gives it the reference as its name.
    ///
    /// @param reference without tag and digest means `latest`; with a digest exactly that is fetched
    /// @param platform `os[/arch[/variant]]`; empty: the node's
    /// @return the reference, and the digest that it was resolved to
    ImagePin pull(String reference, String platform, RegistryCredential credential, Consumer<PullProgress> progress);

    /// Uploads a local image under its name. The last line of progress is `TAG: digest: sha256:… size: N`.
    void push(String reference, RegistryCredential credential, Consumer<PullProgress> progress);

    /// What a registry has under a reference, without fetching layers.
    DistributionInspect distribution(String reference, RegistryCredential credential);

    /// Resolves a reference at its registry, so that every node runs the same bytes.
    ImagePin resolve(String reference, RegistryCredential credential);

    /// Loads the images of an archive: `docker save`, OCI layout as tar; plain, gzip or zstd.
    ///
    /// @return the names given, or the id of an image that the archive doesn't name; what Docker prints after
    ///         `Loaded image: `
    List<String> load(InputStream archive, Consumer<PullProgress> progress);

    /// Makes a one-layer image of a root filesystem's tar (plain, gzip or zstd).
    ///
    /// @return the new image's id
    String importRootfs(ImportRequest request, InputStream tar);

    /// Writes images as one archive that is both an OCI layout and readable by `docker load`.
    void save(List<String> namesOrIds, OutputStream archive);

    /// @param target a name with an optional tag; with a digest it is refused
    void tag(String nameOrId, String target);

    /// Takes a name away, and with its last name the image.
    ///
    /// @param force also by an id that has several names; it never removes what a container uses
    /// @throws JorchException [ErrorCode#CONFLICT] when a container uses it, or an id has several names and `force` is off
    List<ImageDeleteItem> remove(String nameOrId, boolean force);

    /// Removes images that no container uses: those without a name, or with `dangling=false` all.
    ImagePruneReport prune(ImageFilter filter);
}
