/// Images as files: read from and written to archives, imported from a root filesystem, built of a few files. Start at
/// [ArchiveLoader], [ArchiveWriter] and [ImageBuilder].
@org.jspecify.annotations.NullMarked
package io.jorch.images.archive;
