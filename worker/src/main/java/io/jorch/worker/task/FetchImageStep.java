package io.jorch.worker.task;

import io.jorch.api.error.JorchException;
import io.jorch.api.message.TaskAssignment;

/// Has the image on the node: what managers resolved, to the digest.
final class FetchImageStep {
    private final TaskImages images;

    FetchImageStep(TaskImages images) {
        this.images = images;
    }

    PreparedImage run(TaskAssignment task) throws InterruptedException {
        if (task.image().reference().isEmpty()) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec.Image", "is empty: name an image");
        }
        return images.require(task.image());
    }
}
