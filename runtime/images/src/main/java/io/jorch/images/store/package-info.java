/// What a node keeps: blobs by digest, names, and unpacked layers. Start at [ContentStore], [ImageStore] and
/// [LayerStore]; [Leases] is what keeps the collector from what is in use.
@org.jspecify.annotations.NullMarked
package io.jorch.images.store;
