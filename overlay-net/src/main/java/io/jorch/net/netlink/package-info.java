/// The kernel's netlink protocols as far as a node's network needs them: [io.jorch.net.netlink.RouteMessages] and
/// [io.jorch.net.netlink.ConntrackMessages] make and read the bytes (pure), [io.jorch.net.netlink.NetlinkClient] sends
/// them. Numbers are those of the kernel's `uapi/linux` headers, in the machine's byte order unless a comment says
/// otherwise.
@NullMarked
package io.jorch.net.netlink;

import org.jspecify.annotations.NullMarked;
