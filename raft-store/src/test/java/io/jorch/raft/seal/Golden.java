package io.jorch.raft.seal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The committed files of every format here, and the fixed keys that made them.
final class Golden {

    static final DataKeys KEYS = new DataKeys(List.of(DataKey.of(counting(32, 1))));

    private Golden() {
    }

    static byte[] counting(int length, int from) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    static byte[] nonce() {
        return counting(Format.NONCE, 100);
    }

    /// The file's bytes. With `-Djorch.golden=FOLDER` it is written there first, for a new format.
    static byte[] bytes(String name, byte[] current) {
        String folder = System.getProperty("jorch.golden");
        try {
            if (folder != null) {
                Files.createDirectories(Path.of(folder));
                Files.write(Path.of(folder, name), current);
                return current;
            }
            try (InputStream in = Golden.class.getResourceAsStream("/golden/raft/" + name)) {
                if (in == null) {
                    throw new AssertionError("no golden file " + name);
                }
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
