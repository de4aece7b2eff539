package io.jorch.runtime.container;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;

/// A connection to a shim, for one thread at a time; fit for virtual threads.
final class ShimConnection implements AutoCloseable {
    /// sun_path holds 108 bytes with the zero; above, the path is gone through a descriptor of its directory.
    private static final int LONGEST_PATH = 107;

    private final SocketChannel channel;

    private ShimConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /// Empty when no shim listens there: it has ended, or was killed.
    static Optional<ShimConnection> open(Path socket) {
        try {
            if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH) {
                return Optional.of(new ShimConnection(connect(socket)));
            }
            try (Fd directory = FdCalls.open(socket.getParent(), FdCalls.O_PATH | FdCalls.O_DIRECTORY)) {
                return Optional.of(new ShimConnection(
                        connect(Path.of("/proc/self/fd/" + directory.number()).resolve(socket.getFileName()))));
            }
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static SocketChannel connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return channel;
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /// Sends the request and answers the reply to it.
    ShimFrame ask(ShimFrame request) {
        try {
            channel.write(request.encode());
        } catch (IOException failure) {
            throw gone(failure);
        }
        ShimFrame reply = receive().orElseThrow(() -> gone(null));
        if (reply.type() != (request.type() | ShimFrame.REPLY)) {
            throw new JorchException(ErrorCode.CORRUPT, "the shim answered " + reply.type() + " to " + request.type());
        }
        return reply;
    }

    /// The next frame, or empty when the shim has closed the connection.
    Optional<ShimFrame> receive() {
        ByteBuffer buffer = ByteBuffer.allocate(ShimFrame.SIZE);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    return Optional.empty();
                }
            }
        } catch (IOException reset) {
            return Optional.empty();
        }
        return Optional.of(ShimFrame.parse(buffer.flip()));
    }

    /// Blocks until the shim has closed its side.
    void awaitClosed() {
        while (receive().isPresent()) {
            // Whatever it has to say, only its end counts.
        }
    }

    private static JorchException gone(@org.jspecify.annotations.Nullable IOException cause) {
        return new JorchException(ErrorCode.NOT_FOUND, "the container's shim has gone", cause);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
