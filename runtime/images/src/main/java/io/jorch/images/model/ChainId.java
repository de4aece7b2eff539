package io.jorch.images.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Names a layer together with all below it (image-spec, config.md, "Layer ChainID").
public final class ChainId {
    private ChainId() {
    }

    /// @param diffIds lowest first
    /// @return one for each, lowest first
    public static List<Digest> of(List<Digest> diffIds) {
        List<Digest> chain = new ArrayList<>();
        for (Digest diffId : diffIds) {
            chain.add(chain.isEmpty() ? diffId
                    : Digest.sha256((chain.getLast() + " " + diffId).getBytes(StandardCharsets.UTF_8)));
        }
        return chain;
    }
}
