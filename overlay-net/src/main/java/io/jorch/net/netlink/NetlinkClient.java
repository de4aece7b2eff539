package io.jorch.net.netlink;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.SocketCalls;
import io.jorch.runtime.linux.SyscallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One netlink socket. It belongs to the network namespace that its thread was in when it was opened; used by one
/// thread at a time.
public final class NetlinkClient implements AutoCloseable {
    public static final int ROUTE = 0; // NETLINK_ROUTE
    public static final int NETFILTER = 12; // NETLINK_NETFILTER

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int HEADER = 16; // struct nlmsghdr
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NLM_F_CAPPED = 0x100;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int SO_RCVBUFFORCE = 33;

    private final Fd socket;
    private final NativeMemory buffer = NativeMemory.allocate(1 << 16);
    private int sequence;

    private NetlinkClient(Fd socket) {
        this.socket = socket;
    }

    /// Opens a socket in the network namespace that the calling thread is in.
    ///
    /// @param protocol [#ROUTE] or [#NETFILTER]
    public static NetlinkClient open(int protocol) {
        Fd socket = SocketCalls.open(SocketCalls.AF_NETLINK, SocketCalls.SOCK_RAW, protocol);
        try {
            SocketCalls.setOption(socket, SocketCalls.SOL_NETLINK, NETLINK_CAP_ACK, 1);
            SocketCalls.setOption(socket, SocketCalls.SOL_NETLINK, NETLINK_EXT_ACK, 1);
            SocketCalls.setOption(socket, SocketCalls.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 20);
            SocketCalls.bind(socket, SocketCalls.netlinkAddress(0, 0));
            return new NetlinkClient(socket);
        } catch (RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    /// Sends all in one system call and awaits their acknowledgements. The kernel carries out each on its own: when one
    /// fails the later ones were tried too, and the first failure is thrown with the kernel's own words.
    public void execute(Request... requests) {
        execute(List.of(requests));
    }

    /// As [#execute(Request...)].
    public void execute(List<Request> requests) {
        int first = send(requests, Request.NLM_F_REQUEST | Request.NLM_F_ACK);
        Optional<SyscallException> failure = Optional.empty();
        int open = requests.size();
        while (open > 0) {
            for (Received message : receive()) {
                int index = message.sequence() - first;
                if (message.type() != NLMSG_ERROR || index < 0 || index >= requests.size()) {
                    continue; // the late answer to a request that ran out of patience
                }
                open--;
                Optional<SyscallException> refusal = message.refusal(requests.get(index));
                failure = failure.isPresent() ? failure : refusal;
            }
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /// Asks for one object or, with NLM_F_DUMP, for many.
    ///
    /// @return the answers' payloads, each after `struct nlmsghdr`
    public List<ByteBuffer> ask(Request request) {
        boolean dump = (request.flags() & Request.NLM_F_DUMP) == Request.NLM_F_DUMP;
        int first = send(List.of(request), Request.NLM_F_REQUEST | (dump ? 0 : Request.NLM_F_ACK));
        List<ByteBuffer> answers = new ArrayList<>();
        while (true) {
            for (Received message : receive()) {
                if (message.sequence() != first) {
                    continue;
                }
                if (message.type() == NLMSG_ERROR || message.type() == NLMSG_DONE) {
                    Optional<SyscallException> refusal = message.refusal(request);
                    if (refusal.isPresent()) {
                        throw refusal.get();
                    }
                    return answers;
                }
                answers.add(message.payload());
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }

    private int send(List<Request> requests, int flags) {
        int first = sequence + 1;
        MessageWriter writer = new MessageWriter();
        for (Request request : requests) {
            sequence++;
            writer.u32(HEADER + request.payload().length).u16(request.type()).u16(request.flags() | flags)
                    .u32(sequence).u32(0).raw(request.payload());
        }
        byte[] bytes = writer.bytes();
        SocketCalls.send(socket, NativeMemory.of(bytes), bytes.length);
        return first;
    }

    private List<Received> receive() {
        if (!FdCalls.awaitReadable(socket, PATIENCE)) {
            throw new JorchException(ErrorCode.UNAVAILABLE,
                    "the kernel did not answer on netlink for " + PATIENCE.toSeconds() + " s");
        }
        ByteBuffer bytes = ByteBuffer.wrap(buffer.getBytes(0, SocketCalls.receive(socket, buffer)))
                .order(ByteOrder.nativeOrder());
        List<Received> messages = new ArrayList<>();
        while (bytes.remaining() >= HEADER) {
            int start = bytes.position();
            int length = bytes.getInt(start);
            if (length < HEADER || length > bytes.remaining()) {
                throw new JorchException(ErrorCode.CORRUPT, "a netlink message of " + length + " bytes");
            }
            messages.add(new Received(Short.toUnsignedInt(bytes.getShort(start + 4)),
                    Short.toUnsignedInt(bytes.getShort(start + 6)), bytes.getInt(start + 8),
                    bytes.slice(start + HEADER, length - HEADER).order(ByteOrder.nativeOrder())));
            bytes.position(Math.min(bytes.limit(), start + (length + 3 & ~3)));
        }
        return messages;
    }

    /// @param payload after the header
    private record Received(int type, int flags, int sequence, ByteBuffer payload) {
        /// What an NLMSG_ERROR or NLMSG_DONE says, empty when it says that all went well.
        Optional<SyscallException> refusal(Request request) {
            int errno = payload.remaining() >= 4 ? -payload.getInt(payload.position()) : 0;
            if (errno == 0) {
                return Optional.empty();
            }
            String words = explanation().map(text -> request.what() + " (" + text + ")").orElse(request.what());
            return Optional.of(new SyscallException("netlink", errno, words));
        }

        /// NLMSGERR_ATTR_MSG, after the error and the echoed header.
        private Optional<String> explanation() {
            int skip = 4 + HEADER;
            if ((flags & NLM_F_ACK_TLVS) == 0 || type != NLMSG_ERROR || (flags & NLM_F_CAPPED) == 0
                    || payload.remaining() < skip) {
                return Optional.empty();
            }
            return Attributes.read(payload.slice(payload.position() + skip, payload.remaining() - skip)).text(1);
        }
    }
}
