package io.jorch.net.netlink;

/// One netlink message before it gets its header.
///
/// @param what what it does, for the message of a failure: `add link joabc123-x7k2p1`
/// @param type `nlmsg_type`
/// @param flags `nlmsg_flags` beyond those that the client adds
/// @param payload everything after `struct nlmsghdr`
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to the kernel, never compared
public record Request(String what, int type, int flags, byte[] payload) {
    static final int NLM_F_REQUEST = 0x1;
    static final int NLM_F_ACK = 0x4;
    static final int NLM_F_REPLACE = 0x100;
    static final int NLM_F_EXCL = 0x200;
    static final int NLM_F_CREATE = 0x400;
    static final int NLM_F_DUMP = 0x300;
}
