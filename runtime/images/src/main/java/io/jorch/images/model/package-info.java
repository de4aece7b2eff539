/// Names, digests and the documents of OCI and Docker images as values. Strict: what two readers could understand
/// differently is refused. Start at [ImageReference] and [Manifest].
@org.jspecify.annotations.NullMarked
package io.jorch.images.model;
