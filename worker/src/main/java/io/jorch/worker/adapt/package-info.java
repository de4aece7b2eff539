/// The worker on a real machine: what [io.jorch.worker.task] asks for, done by runtime, images and overlay-net. Start
/// at [WorkerDaemon], which puts it all together.
@org.jspecify.annotations.NullMarked
package io.jorch.worker.adapt;
