/// The nftables rules as text, made by pure functions of what is wanted: [io.jorch.net.rules.HostRules] for the host's
/// namespace, [io.jorch.net.rules.VirtualAddressRules] for a user network's own. Nothing here talks to the kernel.
@NullMarked
package io.jorch.net.rules;

import org.jspecify.annotations.NullMarked;
