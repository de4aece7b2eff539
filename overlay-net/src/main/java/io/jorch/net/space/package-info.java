/// The kernel side of one node: its network namespaces and what is made in them. Everything here runs on the one thread
/// that owns it, see [io.jorch.net.NodeNetwork]; start at [io.jorch.net.space.NodeSpace].
@NullMarked
package io.jorch.net.space;

import org.jspecify.annotations.NullMarked;
