package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares text with a file that is committed under src/test/resources/golden. Run with `-Dgolden.write=FOLDER` to
/// have the files written there instead, and read the difference before committing it.
public final class Golden {
    private Golden() {
    }

    public static void assertSame(String file, String actual) {
        String folder = System.getProperty("golden.write");
        try {
            if (folder != null) {
                Files.writeString(Path.of(folder, file), actual);
                throw new IllegalStateException("golden/" + file + " was written anew, not compared");
            }
            try (InputStream in = Golden.class.getResourceAsStream("/golden/" + file)) {
                if (in == null) {
                    throw new IllegalStateException("golden/" + file + " is missing");
                }
                assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), actual);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
