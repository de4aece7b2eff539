package io.jorch.runtime.linux;

/// Raw sockets, for netlink and ioctl. A socket belongs to the network namespace its thread was in when it was made.
public final class SocketCalls {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_NETLINK = 16;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOL_SOCKET = 1;
    public static final int SOL_NETLINK = 270;

    private SocketCalls() {
    }

    public static Fd open(int family, int type, int protocol) {
        return Fd.adopt(Kernel.call(Syscall.SOCKET, "socket", family, type | FdCalls.O_CLOEXEC, protocol));
    }

    public static void bind(Fd socket, NativeMemory address) {
        Kernel.call(Syscall.BIND, "bind", socket, address, address.size());
    }

    public static void connect(Fd socket, NativeMemory address) {
        Kernel.call(Syscall.CONNECT, "connect", socket, address, address.size());
    }

    public static void setOption(Fd socket, int level, int option, int value) {
        Kernel.call(Syscall.SETSOCKOPT, "setsockopt", socket, level, option, NativeMemory.allocate(4).putInt(0, value),
                4);
    }

    /// Sends the bytes of the memory as one message.
    public static void send(Fd socket, NativeMemory message, int length) {
        Kernel.call(Syscall.SENDTO, "send", socket, message, length, 0, 0, 0);
    }

    /// Receives one message into the memory.
    ///
    /// @return its length, 0 when the peer has shut down
    public static int receive(Fd socket, NativeMemory buffer) {
        return (int) Kernel.call(Syscall.RECVFROM, "receive", socket, buffer, buffer.size(), 0, 0, 0);
    }

    /// A `sockaddr_nl` (12 bytes); zero port lets the kernel choose.
    public static NativeMemory netlinkAddress(int port, int groups) {
        return NativeMemory.allocate(12).putShort(0, AF_NETLINK).putInt(4, port).putInt(8, groups);
    }
}
