package io.jorch.worker.adapt;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.images.Images;
import io.jorch.images.UnpackedImage;
import io.jorch.images.model.Digest;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.Syscall;
import io.jorch.worker.compose.ImageFiles;
import io.jorch.worker.task.PreparedImage;
import io.jorch.worker.task.TaskImages;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The worker's view of the node's [Images]. May be called by any thread.
public final class NodeImages implements TaskImages {
    private static final Logger LOG = LoggerFactory.getLogger(NodeImages.class);

    private final Images images;
    private final UsedImages used;

    /// @param used what `images` asks before it removes anything
    public NodeImages(Images images, UsedImages used) {
        this.images = images;
        this.used = used;
    }

    @Override
    public PreparedImage require(ImagePin pin) {
        try (UnpackedImage image = images.prepare(pin, RegistryCredential.ANONYMOUS, _ -> {
        })) {
            used.use(pin, image.root());
            List<Path> topmostFirst = image.layers().reversed();
            return new PreparedImage(image.id().toString(), image.config(), topmostFirst,
                    new ImageFiles(topmostFirst, NodeImages::opaque));
        }
    }

    @Override
    public Optional<ImageConfig> config(ImagePin pin) {
        try {
            ImageInspect image = images.inspect(pin.digest().isEmpty() ? pin.reference() : pin.digest());
            used.use(pin, Digest.parse(pin.digest().isEmpty() ? image.id() : pin.digest()));
            return Optional.of(image.config());
        } catch (JorchException missing) {
            if (missing.code() != ErrorCode.NOT_FOUND) {
                throw missing;
            }
            return Optional.empty();
        }
    }

    @Override
    public void collect(Collection<ImagePin> keep) {
        used.keepOnly(keep);
        LOG.info("event=images-collected kept={} result={}", keep.size(), images.collect(used.get()));
    }

    /// overlayfs' mark of a directory that hides what lower layers have in it, which Java's own view can't show.
    private static boolean opaque(Path directory) {
        NativeMemory value = NativeMemory.allocate(1);
        return Kernel.tryCall(Syscall.LGETXATTR, directory.toString(), "trusted.overlay.opaque", value, 1L, 0) == 1
                && value.getByte(0) == 'y';
    }
}
