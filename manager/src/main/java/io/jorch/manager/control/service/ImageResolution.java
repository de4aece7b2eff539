package io.jorch.manager.control.service;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.ImageService;
import io.jorch.api.image.OciDescriptor;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.api.spec.Placement;
import io.jorch.api.spec.Platform;
import io.jorch.api.spec.ServiceSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out once which bytes an image's name means, so that every node runs the same. Docker's client asks the
/// registry itself and sends `name:tag@digest`; for others, and when it could not, this is where it is done.
public final class ImageResolution {
    /// Whether the client wants the name resolved.
    public enum Wish {
        /// When the image's name changed.
        CHANGED,
        /// Also when it didn't: a tag may have moved.
        ALWAYS, NEVER
    }

    private final ImageService images;

    public ImageResolution(ImageService images) {
        this.images = images;
    }

    /// Asks the image's registry; when it has no answer, this node's own images.
    ///
    /// @param warnings gets a line for the user when the answer isn't the registry's
    /// @throws JorchException INVALID for a malformed name
    public ImagePin resolve(ServiceSpec spec, Wish wish, RegistryCredential credential, List<String> warnings) {
        String image = spec.taskTemplate().containerSpec().image();
        Placement placement = spec.taskTemplate().placement();
        List<Platform> platforms = placement == null ? List.of() : placement.platforms();
        int at = image.indexOf('@');
        if (at >= 0) {
            return new ImagePin(image, image.substring(at + 1), platforms);
        }
        if (wish == Wish.NEVER) {
            return new ImagePin(image, "", platforms);
        }
        try {
            return images.resolve(image, credential);
        } catch (JorchException failure) {
            if (failure.code() == ErrorCode.INVALID || Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            @Nullable ImagePin local = local(image);
            warnings.add(local == null
                    ? "unable to pin image " + image + " to digest: " + failure.getMessage()
                    : "image " + image + " could not be accessed on a registry (" + failure.getMessage()
                            + "): this node's own was taken, other nodes must have " + local.digest() + " already");
            return local == null ? new ImagePin(image, "", platforms) : local;
        }
    }

    private @Nullable ImagePin local(String image) {
        try {
            ImageInspect found = images.inspect(image);
            OciDescriptor descriptor = found.descriptor();
            return descriptor == null
                    ? null
                    : new ImagePin(image, descriptor.digest(),
                            List.of(new Platform(found.architecture(), found.os())));
        } catch (JorchException absent) {
            return null;
        }
    }
}
