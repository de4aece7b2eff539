package io.jorch.raft.seal;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import javax.crypto.SecretKey;

/// Seals snapshots as a stream. Format: magic `JRSS`, version 1, id of the data key (8 bytes, big endian), salt (32
/// random bytes), then chunks: each up to 64 KiB of plaintext as AES-256-GCM ciphertext with its tag. The key is derived
/// from the data key and the salt; a chunk's nonce is its number (11 bytes) and 1 for the last chunk, else 0, so chunks can
/// be neither swapped, dropped nor cut off. The last chunk may be empty.
final class SnapshotSeal {

    private static final int MAGIC = 0x4a525353;
    private static final byte VERSION = 1;
    private static final int SALT = 32;
    private static final int HEADER = Integer.BYTES + 1 + Long.BYTES + SALT;
    private static final int CHUNK = 64 << 10;

    private final DataKeys keys;

    SnapshotSeal(DataKeys keys) {
        this.keys = keys;
    }

    /// Its close seals the last chunk and leaves `out` open.
    OutputStream seal(OutputStream out) throws IOException {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        return seal(out, salt);
    }

    OutputStream seal(OutputStream out, byte[] salt) throws IOException {
        DataKey key = keys.current();
        byte[] header = ByteBuffer.allocate(HEADER).putInt(MAGIC).put(VERSION).putLong(key.id()).put(salt).array();
        out.write(header);
        return new Sealing(out, key.keyFor("snapshot", salt), header);
    }

    /// @throws JorchException `CORRUPT` or `UNSUPPORTED`, here or while reading
    InputStream open(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        ByteBuffer parsed = ByteBuffer.wrap(header);
        Format.check(parsed, MAGIC, VERSION, "the snapshot");
        if (header.length < HEADER) {
            throw new JorchException(ErrorCode.CORRUPT, "the snapshot ends within its header");
        }
        DataKey key = keys.find(parsed.getLong());
        byte[] salt = new byte[SALT];
        parsed.get(salt);
        return new Opening(in, key.keyFor("snapshot", salt), header);
    }

    private static byte[] nonce(long chunk, boolean last) {
        return ByteBuffer.allocate(Format.NONCE).putLong(3, chunk).put(11, (byte) (last ? 1 : 0)).array();
    }

    /// Not for use by several threads.
    private static final class Sealing extends OutputStream {
        private final OutputStream out;
        private final SecretKey key;
        private final byte[] header;
        private final byte[] buffer = new byte[CHUNK];
        private int filled;
        private long chunk;
        private boolean closed;

        Sealing(OutputStream out, SecretKey key, byte[] header) {
            this.out = out;
            this.key = key;
            this.header = header;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[]{(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (filled == CHUNK) {
                    sealChunk(false);
                }
                int taken = Math.min(left, CHUNK - filled);
                System.arraycopy(bytes, from, buffer, filled, taken);
                filled += taken;
                from += taken;
                left -= taken;
            }
        }

        private void sealChunk(boolean last) throws IOException {
            out.write(Format.encrypt(key, nonce(chunk, last), header, buffer, filled));
            chunk++;
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                sealChunk(true);
                out.flush();
            }
        }
    }

    /// Answers nothing of a chunk before its tag was checked. Not for use by several threads.
    private static final class Opening extends FilterInputStream {
        private final SecretKey key;
        private final byte[] header;
        private byte[] sealed;
        private byte[] plain = new byte[0];
        private int read;
        private long chunk;
        private boolean ended;

        Opening(InputStream in, SecretKey key, byte[] header) throws IOException {
            super(in);
            this.key = key;
            this.header = header;
            this.sealed = in.readNBytes(CHUNK + Format.TAG);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            while (read == plain.length) {
                if (ended) {
                    return -1;
                }
                openChunk();
            }
            int taken = Math.min(length, plain.length - read);
            System.arraycopy(plain, read, bytes, offset, taken);
            read += taken;
            return taken;
        }

        private void openChunk() throws IOException {
            // Whether this is the last chunk shows only in what follows it.
            byte[] next = sealed.length == CHUNK + Format.TAG ? in.readNBytes(CHUNK + Format.TAG) : new byte[0];
            ended = next.length == 0;
            plain = Format.decrypt(key, nonce(chunk, ended), header, sealed, sealed.length, "the snapshot");
            read = 0;
            chunk++;
            sealed = next;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public long skip(long count) throws IOException {
            return readNBytes((int) Math.min(count, CHUNK)).length;
        }

        @Override
        public int available() {
            return plain.length - read;
        }
    }
}
