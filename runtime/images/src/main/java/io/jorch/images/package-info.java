/// Images: names, registries, and what is kept of them on a node. Nothing here makes a system call of its own; what
/// needs one goes through [io.jorch.images.unpack.LayerTarget].
///
/// Where to start: [io.jorch.images.unpack].
@org.jspecify.annotations.NullMarked
package io.jorch.images;
