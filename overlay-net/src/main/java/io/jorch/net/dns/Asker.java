package io.jorch.net.dns;

import io.jorch.net.address.Ipv4;
import java.util.List;
import java.util.Optional;

/// A task as the name service sees it.
///
/// @param networks ids of the networks whose names it may know, in the order they are tried
/// @param outside whether outside names are asked for it; a task without a way out gets none, or names would be one
/// @param nameservers its own servers for outside names, empty for the host's
public record Asker(List<String> networks, boolean outside, Optional<List<Ipv4>> nameservers) {
    public Asker {
        networks = List.copyOf(networks);
    }
}
