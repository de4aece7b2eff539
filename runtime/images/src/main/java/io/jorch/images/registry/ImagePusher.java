package io.jorch.images.registry;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.PullProgress;
import io.jorch.api.image.RegistryCredential;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageDocument;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageIndex;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Manifest;
import io.jorch.images.store.ContentStore;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Uploads an image: blobs that the registry lacks, then the manifests, the root last (distribution-spec, "Push").
public final class ImagePusher {
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;

    private final RegistryClient registry;
    private final ContentStore contents;

    public ImagePusher(RegistryClient registry, ContentStore contents) {
        this.registry = registry;
        this.contents = contents;
    }

    /// @param reference with a tag
    /// @param root all of what it names must be in the store
    public void push(ImageReference reference, Descriptor root, RegistryCredential credential,
            Consumer<PullProgress> progress) {
        PullReport report = new PullReport(progress);
        report.tell(PullProgress.of("The push refers to repository [" + reference.name() + "]"));
        Session session = registry.session(reference, credential, "pull,push");
        ImageDocument document = document(root);
        switch (document) {
            case Manifest manifest -> blobs(session, reference, manifest, report);
            case ImageIndex index -> {
                for (Descriptor child : index.manifests()) {
                    if (document(child) instanceof Manifest manifest) {
                        blobs(session, reference, manifest, report);
                        manifest(session, reference, child, child.digest().toString());
                    }
                }
            }
        }
        manifest(session, reference, root, reference.selector());
        report.tell(PullProgress
                .of(reference.selector() + ": digest: " + root.digest() + " size: " + root.size()));
    }

    /// Whether all that it names is in the store: an index whose other platforms weren't fetched is not whole.
    public boolean whole(Descriptor root) {
        if (!contents.contains(root.digest())) {
            return false;
        }
        return document(root).children().stream()
                .allMatch(child -> child.type().filter(type -> type.rootDocument()).isPresent()
                        ? whole(child)
                        : contents.contains(child.digest()));
    }

    private ImageDocument document(Descriptor descriptor) {
        return ImageDocuments.parse(contents.document(descriptor.digest()), descriptor.mediaType());
    }

    private void blobs(Session session, ImageReference reference, Manifest manifest, PullReport report) {
        List<Runnable> transfers = new ArrayList<>();
        for (Descriptor blob : manifest.children().stream().distinct().toList()) {
            transfers.add(() -> blob(session, reference, blob, report));
        }
        Transfers.run(transfers, registry.settings().layersAtOnce());
    }

    private void blob(Session session, ImageReference reference, Descriptor blob, PullReport report) {
        String what = "push blob " + blob.digest().shortHex() + " to " + reference.familiarName();
        HttpResponse<InputStream> head = session.send(what,
                Session.Call.head(reference.path() + "/blobs/" + blob.digest(), Map.of()));
        Session.discard(head);
        if (head.statusCode() == 200) {
            report.tell(blob, "Layer already exists");
            return;
        }
        report.tell(blob, "Pushing");
        HttpResponse<InputStream> begun = session.send(what, new Session.Call("POST",
                reference.path() + "/blobs/uploads/", Map.of(), BodyPublishers.noBody()));
        String location = begun.headers().firstValue("Location").orElse("");
        if (begun.statusCode() != ACCEPTED || location.isEmpty()) {
            throw RegistryFailure.of(what, begun);
        }
        Session.discard(begun);
        String upload = begun.uri().resolve(location).toString();
        HttpResponse<InputStream> done = session.send(what, new Session.Call("PUT",
                upload + (upload.contains("?") ? "&" : "?") + "digest=" + blob.digest(),
                Map.of("Content-Type", "application/octet-stream"), body(blob.digest())));
        if (done.statusCode() != CREATED) {
            throw RegistryFailure.of(what, done);
        }
        Session.discard(done);
        report.tell(blob, "Pushed");
    }

    private java.net.http.HttpRequest.BodyPublisher body(Digest digest) {
        try {
            return BodyPublishers.ofFile(contents.path(digest));
        } catch (FileNotFoundException absent) {
            throw JorchException.notFound("blob", digest.toString());
        }
    }

    private void manifest(Session session, ImageReference reference, Descriptor descriptor, String selector) {
        String what = "push manifest of " + reference.familiar();
        HttpResponse<InputStream> done = session.send(what,
                new Session.Call("PUT", reference.path() + "/manifests/" + selector,
                        Map.of("Content-Type", descriptor.mediaType()),
                        BodyPublishers.ofByteArray(contents.document(descriptor.digest()))));
        if (done.statusCode() != CREATED) {
            throw RegistryFailure.of(what, done);
        }
        Session.discard(done);
    }
}
