package io.jorch.net.dns;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/// Opens sockets in the host's network namespace. A socket stays in the namespace it was opened in, whatever thread
/// uses it later.
///
/// @param opener runs the work on a thread that is in that namespace
public record Sockets(Opener opener) {
    /// Runs work in the host's namespace.
    public interface Opener {
        <T> T in(Callable<T> work);

        /// Runs the work where the caller is.
        static <T> T call(Callable<T> work) {
            try {
                return work.call();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new JorchException(ErrorCode.EXHAUSTED,
                        "open a socket: " + JorchException.describe(failure), failure);
            }
        }
    }

    DatagramChannel datagram() {
        return opener.in(() -> DatagramChannel.open(StandardProtocolFamily.INET));
    }

    SocketChannel stream() {
        return opener.in(() -> SocketChannel.open(StandardProtocolFamily.INET));
    }

    ServerSocketChannel server() {
        return opener.in(() -> ServerSocketChannel.open(StandardProtocolFamily.INET));
    }
}
