package io.jorch.images.archive;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.DocumentWriter;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageIndex;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Manifest;
import io.jorch.images.model.Platform;
import io.jorch.images.store.ContentStore;
import io.jorch.images.stream.Cancellation;
import io.jorch.images.stream.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Writes images as a tar that is an OCI layout and that `docker load` of any age reads, too (`manifest.json`). Equal
/// images are equal bytes.
public final class ArchiveWriter {
    private final ContentStore contents;
    private final Platform platform;

    /// @param platform whose image is written of an index that isn't here as a whole
    public ArchiveWriter(ContentStore contents, Platform platform) {
        this.contents = contents;
        this.platform = platform;
    }

    /// @param output is flushed, not closed
    public void write(List<LoadedImage> images, OutputStream output) {
        try {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(output, "UTF-8");
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            file(tar, "oci-layout", ArchiveLoader.layoutFile());
            Set<Digest> written = new HashSet<>();
            List<Descriptor> roots = new ArrayList<>();
            ArrayNode docker = Json.mapper().createArrayNode();
            for (LoadedImage image : images) {
                Descriptor root = whole(image.root());
                blobs(tar, root, written);
                if (image.names().isEmpty()) {
                    roots.add(root);
                }
                for (ImageReference name : image.names()) {
                    roots.add(root.withAnnotations(Map.of("io.containerd.image.name", name.toString(),
                            "org.opencontainers.image.ref.name", name.tag())));
                }
                docker.add(docker(image, root));
            }
            file(tar, "index.json", DocumentWriter.index(roots));
            file(tar, "manifest.json", Json.write(docker));
            tar.finish();
            output.flush();
        } catch (IOException failure) {
            throw DiskFailure.of("write the archive", failure);
        }
    }

    /// The image, or of an index that lacks the images of other platforms the one that is here.
    private Descriptor whole(Descriptor root) {
        if (parse(root) instanceof ImageIndex index
                && !index.manifests().stream().allMatch(child -> contents.contains(child.digest()))) {
            Descriptor selected = index.select(platform);
            return new Descriptor(selected.type().orElseThrow(), selected.digest(), selected.size());
        }
        return root;
    }

    private io.jorch.images.model.ImageDocument parse(Descriptor root) {
        return ImageDocuments.parse(contents.document(root.digest()), root.mediaType());
    }

    private void blobs(TarArchiveOutputStream tar, Descriptor descriptor, Set<Digest> written) throws IOException {
        if (descriptor.type().filter(io.jorch.images.model.MediaType::rootDocument).isPresent()) {
            for (Descriptor child : parse(descriptor).children()) {
                blobs(tar, child, written);
            }
        }
        if (written.add(descriptor.digest())) {
            Cancellation.check();
            entry(tar, name(descriptor.digest()), descriptor.size());
            try (InputStream blob = contents.open(descriptor.digest())) {
                blob.transferTo(tar);
            }
            tar.closeArchiveEntry();
        }
    }

    private ObjectNode docker(LoadedImage image, Descriptor root) {
        Manifest manifest = switch (parse(root)) {
            case Manifest single -> single;
            case ImageIndex index -> (Manifest) parse(index.select(platform));
        };
        ObjectNode node = Json.mapper().createObjectNode().put("Config", name(manifest.config().digest()));
        ArrayNode tags = node.putArray("RepoTags");
        image.names().forEach(name -> tags.add(name.familiar()));
        ArrayNode layers = node.putArray("Layers");
        manifest.layers().forEach(layer -> layers.add(name(layer.digest())));
        return node;
    }

    private static String name(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        entry(tar, name, content.length);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void entry(TarArchiveOutputStream tar, String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0644);
        entry.setModTime(0L);
        tar.putArchiveEntry(entry);
    }
}
