package io.jorch.worker.health;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/// Opens connections to a task's ports, wherever its network is.
@FunctionalInterface
public interface TaskDialer {
    /// @param timeout nanoseconds
    /// @return a connected channel, in blocking mode
    SocketChannel dial(int port, long timeout) throws IOException, InterruptedException;
}
