/// What a task's container is to be, made of its spec, its image and the node's rules. Pure, but for reading the
/// image's own files. Start at [ContainerComposer].
@org.jspecify.annotations.NullMarked
package io.jorch.worker.compose;
