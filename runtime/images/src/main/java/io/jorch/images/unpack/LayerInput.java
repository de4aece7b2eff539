package io.jorch.images.unpack;

import io.jorch.images.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/// The uncompressed bytes of a layer on their way to the tar reader: hashed, counted, and watched between entries.
final class LayerInput extends FilterInputStream {
    private final Digest.Algorithm algorithm;
    private final MessageDigest hash;
    private final long limit;
    private final HeaderWatch headers;
    private boolean inHeaders;
    private long count;
    /// As the tar reader sees it.
    private long position;

    LayerInput(InputStream uncompressed, Digest.Algorithm algorithm, UnpackLimits limits) {
        super(uncompressed);
        this.algorithm = algorithm;
        this.hash = algorithm.newDigest();
        this.limit = limits.bytes();
        this.headers = new HeaderWatch(limits.headerBytes());
    }

    HeaderWatch headers() {
        return headers;
    }

    void beginHeaders() {
        headers.begin(padding());
        inHeaders = true;
    }

    /// How many bytes are missing to a full record of 512.
    private int padding() {
        return (int) (-position & 511);
    }

    void beginContent() {
        inHeaders = false;
    }

    long count() {
        return count;
    }

    /// Reads what follows the end of the archive: padding only.
    Digest finish() throws IOException {
        inHeaders = false;
        byte[] buffer = new byte[1 << 13];
        for (int read = read(buffer, 0, buffer.length); read >= 0; read = read(buffer, 0, buffer.length)) {
            for (int i = 0; i < read; i++) {
                if (buffer[i] != 0) {
                    throw new UnpackException(UnpackException.Reason.MALFORMED,
                            "something follows the end of the layer's archive");
                }
            }
        }
        return algorithm.finish(hash);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read < 0 && inHeaders && padding() > 0) {
            // Go's writer leaves out the padding of the last file if it is not closed (umoci); Go's reader takes it.
            int missing = Math.min(padding(), length);
            Arrays.fill(bytes, offset, offset + missing, (byte) 0);
            position += missing;
            headers.accept(bytes, offset, missing);
            return missing;
        }
        if (read > 0) {
            position += read;
            count += read;
            if (count > limit) {
                throw new UnpackException(UnpackException.Reason.LIMIT,
                        "the layer is larger than " + limit + " bytes when uncompressed");
            }
            hash.update(bytes, offset, read);
            if (inHeaders) {
                headers.accept(bytes, offset, read);
            }
        }
        return read;
    }

    /// Skipped bytes must be hashed too.
    @Override
    public long skip(long wanted) throws IOException {
        byte[] buffer = new byte[Math.clamp(wanted, 1, 1 << 13)];
        long skipped = 0;
        while (skipped < wanted) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, wanted - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
