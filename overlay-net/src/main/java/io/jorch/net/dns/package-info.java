/// The name service of a node. Tasks ask it at the node's address on the ingress network, an ordinary server on port 53
/// of an address that only this node's tasks can reach:
///
/// - no rule rewrites anything inside a task, and port 53 of a task is the task's own, so images that are name servers
///   themselves run;
/// - two sockets serve all tasks, rather than two in each task's namespace;
/// - the address tells several daemons on one machine apart, because their ingress subnets differ.
///
/// Who asks is known by the source address, which the legs' reverse path filters keep honest. Start at
/// [io.jorch.net.dns.NameServer] (sockets); [io.jorch.net.dns.Answering] decides and does no I/O,
/// [io.jorch.net.dns.Query] and [io.jorch.net.dns.Reply] are RFC 1035's wire form.
@NullMarked
package io.jorch.net.dns;

import org.jspecify.annotations.NullMarked;
