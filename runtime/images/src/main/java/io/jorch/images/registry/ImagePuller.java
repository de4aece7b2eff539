package io.jorch.images.registry;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.DistributionInspect;
import io.jorch.api.image.OciPlatform;
import io.jorch.api.image.PullProgress;
import io.jorch.api.image.RegistryCredential;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.ImageDocuments;
import io.jorch.images.model.ImageIndex;
import io.jorch.images.model.ImageReference;
import io.jorch.images.model.Manifest;
import io.jorch.images.model.Platform;
import io.jorch.images.store.ContentStore;
import io.jorch.images.store.LayerBlob;
import io.jorch.images.store.Leases;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Brings an image for one platform into the content store. Blobs are shown only whole; the image is shown by the
/// caller, who names it. What a pull that was cut brought is used by the next one.
public final class ImagePuller {
    private final RegistryClient registry;
    private final ContentStore contents;

    public ImagePuller(RegistryClient registry, ContentStore contents) {
        this.registry = registry;
        this.contents = contents;
    }

    /// @param lease holds what is brought until the caller has named it
    public Pulled pull(ImageReference reference, Platform platform, RegistryCredential credential, Leases.Lease lease,
            Consumer<PullProgress> progress) {
        PullReport report = new PullReport(progress);
        report.tell(PullProgress.of(reference.selector(), "Pulling from " + reference.path()));
        Session session = registry.session(reference, credential, "pull");
        Fetched root = registry.manifest(session, reference);
        Fetched image = switch (root.document()) {
            case Manifest _ -> root;
            case ImageIndex index -> {
                Descriptor selected = index.select(platform);
                yield registry.manifest(session, reference, selected);
            }
        };
        if (!(image.document() instanceof Manifest manifest)) {
            throw RegistryFailure.corrupt("the index names another index for " + platform);
        }
        manifest.children().forEach(child -> lease.hold(child.digest()));
        lease.hold(root.descriptor().digest());
        lease.hold(image.descriptor().digest());

        AtomicBoolean fetched = new AtomicBoolean();
        ConfigDocument config = config(session, reference, manifest, fetched);
        // Checked before layers of many megabytes come.
        LayerBlob.of(manifest, config).forEach(layer -> lease.hold(layer.chainId()));
        requirePlatform(config, platform);
        layers(session, reference, manifest, report, fetched);
        if (!contents.contains(root.descriptor().digest())) {
            fetched.set(true);
        }
        contents.put(image.descriptor(), image.content());
        contents.put(root.descriptor(), root.content());
        report.tell(PullProgress.of("Digest: " + root.descriptor().digest()));
        report.tell(PullProgress.of("Status: " + (fetched.get() ? "Downloaded newer image for " : "Image is up to date for ")
                + reference.familiar()));
        return new Pulled(root.descriptor(), image.descriptor(), manifest, config, fetched.get());
    }

    private ConfigDocument config(Session session, ImageReference reference, Manifest manifest, AtomicBoolean fetched) {
        Descriptor config = manifest.config();
        if (config.size() > ImageDocuments.MAX_BYTES) {
            throw RegistryFailure.corrupt("the image's configuration has " + config.size() + " bytes, at most "
                    + ImageDocuments.MAX_BYTES + " are allowed");
        }
        if (new BlobDownload(session, reference.path(), config, _ -> {
        }).into(contents)) {
            fetched.set(true);
        }
        return ConfigDocument.parse(contents.document(config.digest()));
    }

    private void layers(Session session, ImageReference reference, Manifest manifest, PullReport report,
            AtomicBoolean fetched) {
        List<Descriptor> layers = manifest.layers().stream().distinct().toList();
        layers.forEach(layer -> report.tell(layer, "Pulling fs layer"));
        List<Runnable> transfers = new ArrayList<>();
        for (Descriptor layer : layers) {
            transfers.add(() -> {
                boolean brought = new BlobDownload(session, reference.path(), layer,
                        bytes -> report.bytes(layer, "Downloading", bytes)).into(contents);
                report.tell(layer, brought ? "Pull complete" : "Already exists");
                if (brought) {
                    fetched.set(true);
                }
            });
        }
        Transfers.run(transfers, registry.settings().layersAtOnce());
    }

    private static void requirePlatform(ConfigDocument config, Platform wanted) {
        Platform own = config.platform();
        if (!own.os().isEmpty() && !own.architecture().isEmpty() && wanted.accepts(own) == 0) {
            throw new JorchException(ErrorCode.NOT_FOUND, "the image is for " + own + ", not for " + wanted);
        }
    }

    /// What a registry has under a reference, without bringing anything into the store.
    public DistributionInspect inspect(ImageReference reference, RegistryCredential credential) {
        Session session = registry.session(reference, credential, "pull");
        Fetched root = registry.manifest(session, reference);
        List<OciPlatform> platforms = switch (root.document()) {
            case ImageIndex index -> index.platforms().stream().map(Platform::view).toList();
            case Manifest manifest -> List.of(remoteConfig(session, reference, manifest).platform().view());
        };
        return new DistributionInspect(root.descriptor().view(), platforms);
    }

    private ConfigDocument remoteConfig(Session session, ImageReference reference, Manifest manifest) {
        Descriptor config = manifest.config();
        if (contents.contains(config.digest())) {
            return ConfigDocument.parse(contents.document(config.digest()));
        }
        return ConfigDocument.parse(registry.smallBlob(session, reference, config));
    }
}
