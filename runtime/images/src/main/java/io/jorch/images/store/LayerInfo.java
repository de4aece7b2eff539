package io.jorch.images.store;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Digest;
import java.nio.charset.StandardCharsets;

/// What is known of an unpacked layer: the file `info` beside its `fs`. Text: `jorch-layer 1`, `diff_id DIGEST`,
/// `bytes N`, a line each.
///
/// @param bytes in regular files
record LayerInfo(Digest diffId, long bytes) {
    private static final String MAGIC = "jorch-layer 1";

    byte[] write() {
        return (MAGIC + "\ndiff_id " + diffId + "\nbytes " + bytes + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static LayerInfo read(byte[] content) {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n");
        if (lines.length != 3 || !lines[0].equals(MAGIC) || !lines[1].startsWith("diff_id ")
                || !lines[2].matches("bytes [0-9]{1,18}")) {
            throw new JorchException(ErrorCode.CORRUPT, "the info file of an unpacked layer is damaged");
        }
        return new LayerInfo(Digest.parse(lines[1].substring("diff_id ".length())),
                Long.parseLong(lines[2].substring("bytes ".length())));
    }
}
