package io.jorch.net.rules;

import java.util.Collection;
import java.util.List;
import java.util.StringJoiner;

/// The few phrases of nft's language that both tables share.
final class Nft {
    private Nft() {
    }

    /// `{ a, b }`; nft has no empty set literal, so callers leave the statement out when there is nothing.
    static String elements(Collection<String> elements) {
        StringJoiner joined = new StringJoiner(", ", "{ ", " }");
        elements.forEach(joined::add);
        return joined.toString();
    }

    /// What follows `dnat to`: one address, or a choice at random per connection among several.
    static String choice(List<String> addresses) {
        if (addresses.size() == 1) {
            return addresses.getFirst();
        }
        StringJoiner choices = new StringJoiner(", ", "{ ", " }");
        for (int index = 0; index < addresses.size(); index++) {
            choices.add(index + " : " + addresses.get(index));
        }
        return "numgen random mod " + addresses.size() + " map " + choices;
    }

    /// The element of a hairpin set: a connection that came back to where it started.
    static String toItself(String address) {
        return address + " . " + address;
    }

    /// Replaces a table in one transaction whether or not it was there: the empty declaration makes the delete valid.
    static String replacing(String table) {
        return "table ip " + table + "\ndelete table ip " + table + "\n";
    }
}
