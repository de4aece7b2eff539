package io.jorch.images.unpack;

import io.jorch.images.model.Digest;
import java.util.List;

/// A layer that was unpacked in full.
///
/// @param diffId of the uncompressed archive
/// @param archiveBytes uncompressed
/// @param fileBytes in regular files
/// @param implicitDirectories that the archive uses but does not hold, parents first: in a stack of layers they have
///        the metadata of the layer below, so whoever knows that layer sets it. The root is among them as `""`.
public record UnpackReport(Digest diffId, long archiveBytes, long fileBytes, int entries,
        List<LayerPath> implicitDirectories) {
    public UnpackReport {
        implicitDirectories = List.copyOf(implicitDirectories);
    }
}
