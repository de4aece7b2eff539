package io.jorch.images.store;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.model.Digest;
import io.jorch.images.stream.Cancellation;
import io.jorch.images.stream.DiskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// One blob being received: hashed as it comes, flushed and renamed by [#commit]. Closed without a commit, what was
/// received stays for the next attempt of this process. Belongs to the thread that began it.
public final class Ingest implements AutoCloseable {
    private final Digest digest;
    private final long size;
    private final Path temporary;
    private final Path target;
    private final KeyedLocks.Held held;
    private @Nullable FileChannel channel;
    private MessageDigest hash;
    private long received;
    private boolean complete;

    Ingest(Digest digest, long size, Path temporary, Path target, KeyedLocks.Held held) throws IOException {
        this.digest = digest;
        this.size = size;
        this.temporary = temporary;
        this.target = target;
        this.held = held;
        this.hash = digest.algorithm().newDigest();
        if (Files.exists(target)) {
            // Two descriptors of different sizes for one digest: at least one of them lies.
            if (Files.size(target) != size) {
                throw mismatch(digest + " has " + Files.size(target) + " bytes, not " + size);
            }
            complete = true;
            return;
        }
        channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() > size) {
            channel.truncate(0);
        }
        try (InputStream before = Files.newInputStream(temporary)) {
            byte[] buffer = new byte[1 << 16];
            for (int read = before.read(buffer); read >= 0; read = before.read(buffer)) {
                hash.update(buffer, 0, read);
                received += read;
            }
        }
        channel.position(received);
    }

    /// The blob is there already: nothing is to be written.
    public boolean complete() {
        return complete;
    }

    /// How many bytes are here, so where to go on.
    public long received() {
        return received;
    }

    /// Forgets what was received.
    public void restart() {
        try {
            open().truncate(0).position(0);
            hash = digest.algorithm().newDigest();
            received = 0;
        } catch (IOException failure) {
            throw DiskFailure.of("store blob " + digest, failure);
        }
    }

    /// @throws JorchException CORRUPT as soon as there are more bytes than the descriptor says; they are thrown away
    public void write(byte[] bytes, int offset, int length) {
        Cancellation.check();
        if (length > size - received) {
            discard();
            throw mismatch(digest + " has more than " + size + " bytes");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
            while (buffer.hasRemaining()) {
                open().write(buffer);
            }
        } catch (IOException failure) {
            // What a full disk holds must not stay there.
            discard();
            throw DiskFailure.of("store blob " + digest, failure);
        }
        hash.update(bytes, offset, length);
        received += length;
    }

    /// Makes the blob visible.
    ///
    /// @throws JorchException CORRUPT when its bytes are not what the descriptor says; they are thrown away
    public void commit() {
        if (received != size) {
            discard();
            throw mismatch(digest + " has " + received + " bytes, not " + size);
        }
        Digest actual = digest.algorithm().finish(hash);
        if (!actual.equals(digest)) {
            discard();
            throw mismatch("content of " + digest + " is " + actual);
        }
        try {
            open().force(true);
            open().close();
            channel = null;
            DurableFiles.publish(temporary, target);
            complete = true;
        } catch (IOException failure) {
            discard();
            throw DiskFailure.of("store blob " + digest, failure);
        }
    }

    private void discard() {
        try {
            if (channel != null) {
                channel.close();
                channel = null;
            }
            Files.deleteIfExists(temporary);
        } catch (IOException failure) {
            throw DiskFailure.of("discard blob " + digest, failure);
        }
    }

    private FileChannel open() {
        if (channel == null) {
            throw new IllegalStateException("blob " + digest + " is finished");
        }
        return channel;
    }

    private static JorchException mismatch(String problem) {
        return new JorchException(ErrorCode.CORRUPT, "refused blob: " + problem);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
            if (!complete && received == 0) {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            throw DiskFailure.of("store blob " + digest, failure);
        } finally {
            held.close();
        }
    }
}
