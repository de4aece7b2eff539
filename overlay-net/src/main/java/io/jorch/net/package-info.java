/// The data path of one node: namespaces, veth legs, routes, the nftables map of published ports and virtual
/// addresses, and the name service. Start at [io.jorch.net.NodeNetwork], the facade that a worker drives.
@NullMarked
package io.jorch.net;

import org.jspecify.annotations.NullMarked;
