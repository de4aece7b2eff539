package io.jorch.runtime.check;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Reads a file of /proc or /sys that may not be there.
final class HostFiles {
    private static final int BUFFER_BYTES = 64 << 10;

    private HostFiles() {
    }

    /// Its text without surrounding blanks; empty if there is none to be read, which to us is the same.
    static String read(String file) {
        try (FileInputStream in = new FileInputStream(file)) {
            // Not readAllBytes: it asks for one byte first, and a number in /proc/sys is given out by one read only.
            byte[] buffer = new byte[BUFFER_BYTES];
            StringBuilder text = new StringBuilder();
            int length = in.read(buffer);
            while (length > 0) {
                text.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
                length = in.read(buffer);
            }
            return text.toString().strip();
        } catch (IOException absent) {
            return "";
        }
    }
}
