/// Byte streams and how they fail: decompression, cancellation, full disks. Start at [Decompression].
@org.jspecify.annotations.NullMarked
package io.jorch.images.stream;
