package io.jorch.net.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The few phrases of nft's language that the tables share.
final class Nft {
    private Nft() {
    }

    /// `{ a, b }`; nft has no empty set literal, so callers leave the statement out when there is nothing.
    static String elements(Collection<String> elements) {
        return "{ " + String.join(", ", elements) + " }";
    }

    /// Rules that send each connection to one of the addresses, all equally likely: the first gets one in N, the second
    /// one in N - 1 of the rest, and so on. A map from `numgen` to an address would be one rule, but the kernel looks up
    /// elements in the generation of the moment while rules are walked in the one the packet began with: a connection
    /// that comes in while the map is replaced would find nothing in the old one and be lost.
    ///
    /// @param match what comes before, e.g. `meta l4proto tcp `
    /// @param addresses at least one
    /// @param port appended to each address, e.g. `:80`, or empty
    static List<String> spread(String match, List<String> addresses, String port) {
        List<String> rules = new ArrayList<>();
        for (int left = addresses.size(); left > 0; left--) {
            String draw = left == 1 ? "" : "numgen random mod " + left + " 0 ";
            rules.add(match + draw + "dnat to " + addresses.get(addresses.size() - left) + port);
        }
        return rules;
    }

    /// The element of a hairpin set: a connection that came back to where it started.
    static String toItself(String address) {
        return address + " . " + address;
    }
}
