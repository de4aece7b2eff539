package io.jorch.images.stream;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/// How a tar is compressed: told by its first bytes, whatever its media type says, as Docker does.
public enum Decompression {
    NONE, GZIP, ZSTD;

    private static final int MAGIC_BYTES = 4;
    private static final int BUFFER_BYTES = 1 << 16;

    /// Looks at the first bytes of a stream that can be marked.
    public static Decompression detect(BufferedInputStream input) throws IOException {
        input.mark(MAGIC_BYTES);
        byte[] magic = input.readNBytes(MAGIC_BYTES);
        input.reset();
        if (magic.length >= 2 && magic[0] == 0x1f && (magic[1] & 0xff) == 0x8b) {
            return GZIP;
        }
        boolean zstd = magic.length == MAGIC_BYTES && magic[0] == 0x28 && (magic[1] & 0xff) == 0xb5
                && magic[2] == 0x2f && (magic[3] & 0xff) == 0xfd;
        // zstd:chunked begins with a skippable frame (RFC 8878, 3.1.2)
        boolean skippable = magic.length == MAGIC_BYTES && (magic[0] & 0xf0) == 0x50 && magic[1] == 0x2a
                && magic[2] == 0x4d && magic[3] == 0x18;
        return zstd || skippable ? ZSTD : NONE;
    }

    /// The uncompressed bytes. Closing the answer closes the input.
    public static InputStream open(InputStream input) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(input, BUFFER_BYTES);
        return switch (detect(buffered)) {
            case NONE -> buffered;
            case GZIP -> new GZIPInputStream(new Peeking(buffered), BUFFER_BYTES);
            case ZSTD -> new ZstdInputStream(buffered);
        };
    }

    /// GZIPInputStream looks for a next member only if `available()` is above 0; estargz and pigz write many.
    private static final class Peeking extends PushbackInputStream {
        Peeking(InputStream input) {
            super(input, 1);
        }

        @Override
        public int available() throws IOException {
            int known = super.available();
            if (known > 0) {
                return known;
            }
            int next = read();
            if (next < 0) {
                return 0;
            }
            unread(next);
            return 1;
        }
    }
}
