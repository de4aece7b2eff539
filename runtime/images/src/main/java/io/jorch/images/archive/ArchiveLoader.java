package io.jorch.images.archive;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.DockerArchive;
import io.jorch.images.model.DocumentWriter;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageIndex;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Manifest;
import io.jorch.images.model.MediaType;
import io.jorch.images.model.Platform;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.LayerBlob;
import io.jorch.images.store.Leases;
import io.jorch.images.stream.DiskFailure;
import io.jorch.images.unpack.GuardedTar;
import io.jorch.images.unpack.UnpackLimits;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Loads images from OCI layouts (a directory or a tar of one) and from what `docker save` writes, the tar being plain,
/// gzip or zstd. An archive that is both is read as an OCI layout.
public final class ArchiveLoader {
    /// Written by containerd and Docker: the full name.
    private static final String NAME_ANNOTATION = "io.containerd.image.name";
    /// image-spec, annotations.md: a name, or just a tag of nobody knows what.
    private static final String REF_ANNOTATION = "org.opencontainers.image.ref.name";

    private final ContentStore contents;
    private final Platform platform;
    private final UnpackLimits limits;

    /// @param platform whose image an archive must hold; others are taken along
    public ArchiveLoader(ContentStore contents, Platform platform, UnpackLimits limits) {
        this.contents = contents;
        this.platform = platform;
        this.limits = limits;
    }

    /// @param lease holds what is stored until the caller has named it
    /// @param leftOver is told, when loading fails, what it stored that wasn't there before
    public List<LoadedImage> load(InputStream archive, Leases.Lease lease, Consumer<Set<Digest>> leftOver) {
        ArchiveIntake intake = new ArchiveIntake(contents, lease);
        return guarded(intake, leftOver, () -> {
            GuardedTar tar = new GuardedTar(archive, Digest.Algorithm.SHA256, limits);
            for (TarArchiveEntry entry = tar.next(); entry != null; entry = tar.next()) {
                take(entry, tar, intake);
            }
            return interpret(intake, lease);
        });
    }

    /// Loads an OCI layout from a directory; symlinks in it are not followed.
    public List<LoadedImage> loadDirectory(Path layout, Leases.Lease lease, Consumer<Set<Digest>> leftOver) {
        ArchiveIntake intake = new ArchiveIntake(contents, lease);
        return guarded(intake, leftOver, () -> {
            Files.walkFileTree(layout, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        try (InputStream content = Files.newInputStream(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                            intake.file(layout.relativize(file).toString(), attributes.size(), content);
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
            return interpret(intake, lease);
        });
    }

    /// The work of a load.
    private interface Loading {
        List<LoadedImage> run() throws IOException;
    }

    private static List<LoadedImage> guarded(ArchiveIntake intake, Consumer<Set<Digest>> leftOver, Loading loading) {
        boolean done = false;
        try {
            List<LoadedImage> images = loading.run();
            done = true;
            return images;
        } catch (IOException failure) {
            throw DiskFailure.diskFull(failure)
                    ? DiskFailure.of("load images", failure)
                    : new JorchException(ErrorCode.CORRUPT,
                            "the archive can't be read: " + JorchException.describe(failure), failure);
        } finally {
            if (!done) {
                leftOver.accept(Set.copyOf(intake.added()));
            }
        }
    }

    private static void take(TarArchiveEntry entry, GuardedTar tar, ArchiveIntake intake) throws IOException {
        byte type = entry.getLinkFlag();
        if (entry.isSparse()) {
            throw ArchiveIntake.corrupt("it has a sparse file");
        }
        switch (type) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM -> {
                if (!entry.getName().endsWith("/")) {
                    intake.file(entry.getName(), entry.getSize(), tar.content());
                }
            }
            case TarConstants.LF_SYMLINK -> intake.link(entry.getName(), entry.getLinkName());
            // A hard link's target is named from the archive's root.
            case TarConstants.LF_LINK -> intake.link(entry.getName(),
                    "../".repeat(entry.getName().replaceAll("[^/]", "").length()) + entry.getLinkName());
            case TarConstants.LF_DIR -> {
            }
            default -> throw ArchiveIntake.corrupt("'" + entry.getName() + "' is neither file, directory nor link");
        }
    }

    private List<LoadedImage> interpret(ArchiveIntake intake, Leases.Lease lease) {
        Optional<byte[]> index = intake.document("index.json");
        List<LoadedImage> images;
        if (intake.document("oci-layout").isPresent() && index.isPresent()) {
            images = layout(index.get(), lease);
        } else {
            byte[] manifest = intake.document("manifest.json").orElseThrow(() -> ArchiveIntake
                    .corrupt("it is neither an OCI layout (oci-layout, index.json) nor of docker save (manifest.json)"));
            images = DockerArchive.parse(manifest).stream().map(image -> docker(image, intake, lease)).toList();
        }
        if (images.isEmpty()) {
            throw ArchiveIntake.corrupt("it holds no image");
        }
        return images;
    }

    private List<LoadedImage> layout(byte[] content, Leases.Lease lease) {
        if (!(ImageDocuments.parse(content, MediaType.OCI_INDEX.toString()) instanceof ImageIndex index)) {
            throw ArchiveIntake.corrupt("index.json is no index");
        }
        List<LoadedImage> images = new ArrayList<>();
        for (Descriptor root : index.manifests()) {
            if (root.type().filter(MediaType::rootDocument).isPresent()) {
                Descriptor plain = new Descriptor(root.mediaType(), root.digest(), root.size(), Optional.empty(), Map.of());
                LoadedImage image = new LoadedImage(name(root).stream().toList(), plain, requireWhole(plain, lease));
                int same = indexOf(images, plain);
                if (same < 0) {
                    images.add(image);
                } else {
                    List<ImageReference> names = new ArrayList<>(images.get(same).names());
                    names.addAll(image.names());
                    images.set(same, new LoadedImage(names, plain, image.id()));
                }
            }
        }
        return images;
    }

    private static int indexOf(List<LoadedImage> images, Descriptor root) {
        return images.stream().map(image -> image.root().digest()).toList().indexOf(root.digest());
    }

    private static Optional<ImageReference> name(Descriptor root) {
        String full = root.annotations().getOrDefault(NAME_ANNOTATION, "");
        String ref = root.annotations().getOrDefault(REF_ANNOTATION, "");
        String text = full.isEmpty() && (ref.contains("/") || ref.contains(":")) ? ref : full;
        return text.isEmpty() ? Optional.empty() : Optional.of(ImageReference.parse(text).withDefaultTag());
    }

    /// Checks that all blobs of the wanted platform's image are there, and as their descriptors say.
    private Digest requireWhole(Descriptor root, Leases.Lease lease) {
        require(root, lease);
        return switch (ImageDocuments.parse(contents.document(root.digest()), root.mediaType())) {
            case ImageIndex index -> requireWhole(index.select(platform), lease);
            case Manifest manifest -> {
                manifest.children().forEach(child -> require(child, lease));
                ConfigDocument config = ConfigDocument.parse(contents.document(manifest.config().digest()));
                LayerBlob.of(manifest, config);
                yield manifest.config().digest();
            }
        };
    }

    private void require(Descriptor blob, Leases.Lease lease) {
        lease.hold(blob.digest());
        long size = contents.size(blob.digest())
                .orElseThrow(() -> ArchiveIntake.corrupt("it lacks the blob " + blob.digest()));
        if (size != blob.size()) {
            throw ArchiveIntake.corrupt("blob " + blob.digest() + " has " + size + " bytes, not " + blob.size());
        }
    }

    /// An image of `docker save` has no manifest of its own, so one is written.
    private LoadedImage docker(DockerArchive image, ArchiveIntake intake, Leases.Lease lease) {
        ContentStore.Stored config = intake.stored(image.config());
        String named = image.config().replaceFirst("^.*/", "").replaceFirst("\\.json$", "");
        if (named.matches("[0-9a-f]{64}") && !config.digest().hex().equals(named)) {
            throw ArchiveIntake.corrupt(image.config() + " is " + config.digest());
        }
        List<Descriptor> layers = image.layers().stream().map(intake::stored)
                .map(layer -> new Descriptor(layerType(layer.digest()), layer.digest(), layer.size())).toList();
        Manifest manifest = new Manifest(MediaType.OCI_MANIFEST,
                new Descriptor(MediaType.OCI_CONFIG, config.digest(), config.size()), layers);
        LayerBlob.of(manifest, ConfigDocument.parse(contents.document(config.digest())));
        byte[] content = DocumentWriter.manifest(manifest);
        Descriptor root = Descriptor.of(MediaType.OCI_MANIFEST, content);
        lease.hold(root.digest());
        if (!contents.contains(root.digest())) {
            intake.addedAlso(root.digest());
        }
        contents.put(root, content);
        return new LoadedImage(image.repoTags().stream().map(ImageReference::parse).map(ImageReference::withDefaultTag)
                .toList(), root, config.digest());
    }

    private MediaType layerType(Digest digest) {
        return layerType(contents, digest);
    }

    /// The media type of a stored layer, told by its first bytes.
    static MediaType layerType(ContentStore contents, Digest digest) {
        try (BufferedInputStream input = new BufferedInputStream(contents.open(digest))) {
            return switch (io.jorch.images.stream.Decompression.detect(input)) {
                case NONE -> MediaType.OCI_LAYER;
                case GZIP -> MediaType.OCI_LAYER_GZIP;
                case ZSTD -> MediaType.OCI_LAYER_ZSTD;
            };
        } catch (IOException failure) {
            throw DiskFailure.of("read blob " + digest, failure);
        }
    }

    static byte[] layoutFile() {
        return "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    }
}
