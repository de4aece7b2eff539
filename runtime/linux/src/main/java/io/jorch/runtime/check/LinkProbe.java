package io.jorch.runtime.check;

import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.SocketCalls;
import java.nio.charset.StandardCharsets;

/// Asks the kernel for a network device of a kind, by one message of rtnetlink(7), in the network namespace of the
/// calling thread.
final class LinkProbe {
    private static final int NETLINK_ROUTE = 0;
    private static final int RTM_NEWLINK = 16;
    /// `NLM_F_REQUEST | NLM_F_ACK | NLM_F_EXCL | NLM_F_CREATE`.
    private static final int FLAGS = 0x1 | 0x4 | 0x200 | 0x400;
    private static final int HEADER_BYTES = 16;
    private static final int INFO_BYTES = 16;
    private static final int IFLA_LINKINFO = 18;
    private static final int IFLA_INFO_KIND = 1;

    private LinkProbe() {
    }

    /// Whether the kernel knows the kind; modules are loaded by asking. A kind that needs more to be made (vxlan: its
    /// number) answers with another error than EOPNOTSUPP, which says as much.
    static boolean make(String kind) {
        byte[] name = (kind + "\0").getBytes(StandardCharsets.US_ASCII);
        int kindLength = 4 + name.length;
        int padded = (kindLength + 3) / 4 * 4;
        int length = HEADER_BYTES + INFO_BYTES + 4 + padded;
        NativeMemory message = NativeMemory.allocate(length).putInt(0, length).putShort(4, RTM_NEWLINK)
                .putShort(6, FLAGS).putInt(8, 1);
        int info = HEADER_BYTES + INFO_BYTES;
        message.putShort(info, 4 + padded).putShort(info + 2, IFLA_LINKINFO).putShort(info + 4, kindLength)
                .putShort(info + 6, IFLA_INFO_KIND).putBytes(info + 8, name);
        try (Fd socket = SocketCalls.open(SocketCalls.AF_NETLINK, SocketCalls.SOCK_RAW, NETLINK_ROUTE)) {
            SocketCalls.bind(socket, SocketCalls.netlinkAddress(0, 0));
            SocketCalls.send(socket, message, length);
            NativeMemory answer = NativeMemory.allocate(4096);
            SocketCalls.receive(socket, answer);
            // struct nlmsgerr after the header: minus the error number.
            return answer.getInt(HEADER_BYTES) != -Errno.EOPNOTSUPP.number();
        }
    }
}
