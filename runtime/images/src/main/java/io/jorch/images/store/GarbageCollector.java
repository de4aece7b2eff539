package io.jorch.images.store;

import io.jorch.api.error.JorchException;
import io.jorch.images.model.ChainId;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import io.jorch.images.model.ImageDocument;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageIndex;
import io.jorch.images.model.Manifest;
import io.jorch.images.stream.DiskFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes blobs and unpacked layers that nothing needs: neither a name, nor the caller's keep set, nor a lease.
public final class GarbageCollector {
    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);

    private final ContentStore contents;
    private final ImageStore images;
    private final LayerStore layers;
    private final Leases leases;

    public GarbageCollector(ContentStore contents, ImageStore images, LayerStore layers, Leases leases) {
        this.contents = contents;
        this.images = images;
        this.layers = layers;
        this.leases = leases;
    }

    /// @param bytes that are free now
    public record Collected(int names, int blobs, int layers, long bytes) {
    }

    /// Names that were only ever pinned by digest fall, too, unless their image is in `keep`: such a name says how the
    /// image was fetched and not that anybody wants it.
    ///
    /// @param keep digests of images (index, manifest or configuration) that containers use or may soon
    public Collected collect(Set<Digest> keep) {
        try (Leases.Sweep sweep = leases.sweep()) {
            Reachable reachable = new Reachable();
            int names = 0;
            for (NamedImage image : images.all()) {
                Reachable own = new Reachable();
                own.add(image.root());
                if (image.pinnedOnly() && own.digests.stream().noneMatch(keep::contains)) {
                    if (sweep.ifFree(image.root().digest(), () -> images.remove(image.key()))) {
                        names++;
                        continue;
                    }
                }
                reachable.addAll(own);
            }
            keep.forEach(reachable::addKept);
            return sweep(sweep, reachable, names, contents.all(), layers.all());
        }
    }

    /// Deletes of the given blobs and chains those that nothing needs: what a failed load or a removed image leaves.
    public Collected discard(Set<Digest> candidates, Set<Digest> keep) {
        try (Leases.Sweep sweep = leases.sweep()) {
            Reachable reachable = new Reachable();
            images.all().forEach(image -> reachable.add(image.root()));
            keep.forEach(reachable::addKept);
            return sweep(sweep, reachable, 0, candidates.stream().filter(contents::contains).toList(),
                    candidates.stream().filter(layers::contains).toList());
        }
    }

    private Collected sweep(Leases.Sweep sweep, Reachable reachable, int names, List<Digest> blobDigests,
            List<Digest> chainDigests) {
        List<Path> hidden = new ArrayList<>();
        long[] bytes = {0};
        for (Digest chain : chainDigests) {
            if (!reachable.chains.contains(chain)) {
                long size = layers.bytes(chain).orElse(0L);
                if (sweep.ifFree(chain, () -> hidden.add(layers.hide(chain)))) {
                    bytes[0] += size;
                }
            }
        }
        int blobs = 0;
        for (Digest blob : blobDigests) {
            if (!reachable.digests.contains(blob) && sweep.ifFree(blob, () -> bytes[0] += contents.delete(blob))) {
                blobs++;
            }
        }
        for (Path layer : hidden) {
            try {
                DurableFiles.removeTree(layer);
            } catch (IOException failure) {
                throw DiskFailure.of("remove layer " + layer, failure);
            }
        }
        LOG.info("msg=\"images collected\" names={} blobs={} layers={} bytes={}", names, blobs, hidden.size(), bytes[0]);
        return new Collected(names, blobs, hidden.size(), bytes[0]);
    }

    /// All that can be reached from some images. What is damaged or was never fetched (other platforms) ends there.
    private final class Reachable {
        private final Set<Digest> digests = new HashSet<>();
        private final Set<Digest> chains = new HashSet<>();

        void addAll(Reachable other) {
            digests.addAll(other.digests);
            chains.addAll(other.chains);
        }

        /// A kept digest may be of a manifest, an index or a configuration; which, its content says.
        void addKept(Digest digest) {
            digests.add(digest);
            if (!contents.contains(digest)) {
                return;
            }
            try {
                walk(ImageDocuments.parse(contents.document(digest), ""));
            } catch (JorchException noManifest) {
                try {
                    chains.addAll(ChainId.of(ConfigDocument.parse(contents.document(digest)).diffIds()));
                } catch (JorchException noConfig) {
                    LOG.warn("msg=\"a kept digest is no image\" digest={} error=\"{}\"", digest,
                            JorchException.describe(noManifest));
                }
            }
        }

        void add(Descriptor root) {
            digests.add(root.digest());
            if (!contents.contains(root.digest())) {
                return;
            }
            try {
                walk(ImageDocuments.parse(contents.document(root.digest()), root.mediaType()));
            } catch (JorchException damaged) {
                LOG.warn("msg=\"an image is damaged\" digest={} error=\"{}\"", root.digest(),
                        JorchException.describe(damaged));
            }
        }

        private void walk(ImageDocument document) {
            document.children().forEach(child -> digests.add(child.digest()));
            switch (document) {
                case ImageIndex index -> index.manifests().stream().filter(child -> contents.contains(child.digest()))
                        .filter(child -> child.type().isPresent()).forEach(this::add);
                case Manifest manifest -> {
                    if (contents.contains(manifest.config().digest())) {
                        ConfigDocument config = ConfigDocument.parse(contents.document(manifest.config().digest()));
                        chains.addAll(ChainId.of(config.diffIds()));
                    }
                }
            }
        }
    }
}
