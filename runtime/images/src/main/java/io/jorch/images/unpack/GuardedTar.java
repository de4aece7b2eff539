package io.jorch.images.unpack;

import io.jorch.api.error.JorchException;
import io.jorch.images.model.Digest;
import io.jorch.images.stream.Cancellation;
import io.jorch.images.stream.Decompression;
import io.jorch.images.unpack.UnpackException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/// A tar, plain, gzip or zstd, whose headers can't fill memory and whose size and number of entries have a limit.
/// Whatever is wrong with it is an [UnpackException], or a [SourceException] out of [#content].
public final class GuardedTar {
    private static final int TAR_RECORD = 512;

    private final UnpackLimits limits;
    private final LayerInput input;
    private final TarArchiveInputStream tar;
    private int entries;

    /// @param compressed is not closed here
    /// @param algorithm by which the uncompressed archive is digested
    public GuardedTar(InputStream compressed, Digest.Algorithm algorithm, UnpackLimits limits) {
        this.limits = limits;
        try {
            this.input = new LayerInput(Decompression.open(compressed), algorithm, limits);
            this.tar = new TarArchiveInputStream(input, TAR_RECORD, TAR_RECORD, StandardCharsets.UTF_8.name());
        } catch (IOException failure) {
            throw malformed(failure);
        }
    }

    /// The next entry, or null at the end. An interrupt cancels.
    public @Nullable TarArchiveEntry next() {
        Cancellation.check();
        try {
            input.beginHeaders();
            TarArchiveEntry entry = tar.getNextEntry();
            input.beginContent();
            if (entry != null && ++entries > limits.entries()) {
                throw new UnpackException(Reason.LIMIT, "the archive has more than " + limits.entries() + " entries");
            }
            return entry;
        } catch (JorchException refused) {
            throw refused;
        } catch (IOException | RuntimeException failure) {
            throw malformed(failure);
        }
    }

    /// The current entry's content; closing it does nothing.
    public InputStream content() {
        return new Content(tar);
    }

    /// The current entry's xattrs, by their full names.
    Map<String, ByteBuffer> xattrs() {
        return input.headers().xattrs();
    }

    int entries() {
        return entries;
    }

    long bytes() {
        return input.count();
    }

    /// Reads what follows the last entry.
    ///
    /// @return the digest of the uncompressed archive
    public Digest finish() {
        try {
            return input.finish();
        } catch (JorchException refused) {
            throw refused;
        } catch (IOException | RuntimeException failure) {
            throw malformed(failure);
        }
    }

    static UnpackException malformed(Exception caught) {
        Throwable failure = caught instanceof SourceException && caught.getCause() != null ? caught.getCause() : caught;
        return new UnpackException(Reason.MALFORMED,
                "the archive can't be read: " + JorchException.describe(failure), failure);
    }

    private static final class Content extends FilterInputStream {
        Content(TarArchiveInputStream tar) {
            super(tar);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (JorchException refused) {
                throw refused;
            } catch (IOException | RuntimeException failure) {
                throw new SourceException(failure);
            }
        }

        /// The archive goes on.
        @Override
        public void close() {
        }
    }
}
