package io.jorch.images.store;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.ChainId;
import io.jorch.images.model.ConfigDocument;
import io.jorch.images.model.Digest;
import io.jorch.images.model.Manifest;
import java.util.ArrayList;
import java.util.List;

/// A layer of an image: what is stored, what it is uncompressed, and its place in the stack.
///
/// @param blob digest of the stored archive
/// @param diffId digest of the uncompressed archive
/// @param chainId of this layer and all below it
public record LayerBlob(Digest blob, Digest diffId, Digest chainId) {
    /// Lowest first.
    ///
    /// @throws JorchException CORRUPT when manifest and configuration don't have the same number of layers
    public static List<LayerBlob> of(Manifest manifest, ConfigDocument config) {
        List<Digest> diffIds = config.diffIds();
        if (diffIds.size() != manifest.layers().size()) {
            throw new JorchException(ErrorCode.CORRUPT, "refused image: its manifest has " + manifest.layers().size()
                    + " layers, its configuration " + diffIds.size());
        }
        List<Digest> chain = ChainId.of(diffIds);
        List<LayerBlob> layers = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            layers.add(new LayerBlob(manifest.layers().get(i).digest(), diffIds.get(i), chain.get(i)));
        }
        return layers;
    }
}
