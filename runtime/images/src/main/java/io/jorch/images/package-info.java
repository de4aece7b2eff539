/// Images: names, registries, and what is kept of them on a node. Nothing here makes a system call of its own; what
/// needs one goes through [io.jorch.images.unpack.LayerTarget].
///
/// Where to start: [Images] is all of it together; [io.jorch.images.unpack.LayerUnpacker] is what stands between a
/// hostile archive and the disk.
@org.jspecify.annotations.NullMarked
package io.jorch.images;
