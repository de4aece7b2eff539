package io.jorch.net.space;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads back the few things that nft lists for us.
final class NftListing {
    private static final Pattern TABLE = Pattern.compile("(?m)^\\s*table ip (\\S+)");
    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{([^}]*)}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private NftListing() {
    }

    /// The names in what `list tables ip` wrote.
    static SortedSet<String> tables(String listing) {
        SortedSet<String> tables = new TreeSet<>();
        TABLE.matcher(listing).results().forEach(match -> tables.add(match.group(1)));
        return tables;
    }

    /// The quoted elements in what `list set` wrote of a set of interface names.
    static SortedSet<String> interfaces(String listing) {
        SortedSet<String> interfaces = new TreeSet<>();
        Matcher elements = ELEMENTS.matcher(listing);
        if (elements.find()) {
            QUOTED.matcher(elements.group(1)).results().forEach(match -> interfaces.add(match.group(1)));
        }
        return interfaces;
    }
}
