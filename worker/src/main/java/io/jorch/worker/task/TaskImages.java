package io.jorch.worker.task;

import io.jorch.api.image.ImageConfig;
import io.jorch.api.object.ImagePin;
import java.util.Collection;
import java.util.Optional;

/// The node's images, as a worker needs them. May be called by any thread; blocks; cancelled by interrupt.
public interface TaskImages {
    /// Answers the image, fetched first if the node doesn't have it. The digest binds: with one, nothing else is ever
    /// answered, whatever the tag says by now.
    ///
    /// @throws io.jorch.api.error.JorchException in words for the user: no such image, wrong digest, disk full,
    ///         registry unreachable
    PreparedImage require(ImagePin pin) throws InterruptedException;

    /// What an image says, if the node has it; nothing is fetched.
    Optional<ImageConfig> config(ImagePin pin);

    /// Removes what only this worker brought in and nothing of `keep` needs.
    void collect(Collection<ImagePin> keep) throws InterruptedException;
}
