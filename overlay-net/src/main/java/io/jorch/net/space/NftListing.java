package io.jorch.net.space;

import io.jorch.net.rules.Table;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Reads back what nft lists of our own tables.
final class NftListing {
    private static final Pattern TABLE = Pattern.compile("(?m)^\\s*table ip (\\S+)");
    private static final Pattern COLLECTION = Pattern
            .compile("(?m)^\\s*(set|map) (\\S+) \\{[^{}]*(?:elements = \\{([^{}]*)})?[^{}]*}");

    private NftListing() {
    }

    /// The names in what `list tables ip` wrote.
    static SortedSet<String> tables(String listing) {
        SortedSet<String> tables = new TreeSet<>();
        TABLE.matcher(listing).results().forEach(match -> tables.add(match.group(1)));
        return tables;
    }

    /// The elements of the named sets, and of the one verdict map, in what `list table ip NAME` wrote.
    static Table.Found contents(String listing) {
        SortedMap<String, SortedSet<String>> sets = new TreeMap<>();
        SortedMap<String, String> chosen = new TreeMap<>();
        for (MatchResult match : COLLECTION.matcher(listing).results().toList()) {
            SortedSet<String> elements = new TreeSet<>();
            String text = match.group(3);
            if (text != null) {
                for (String element : text.split(",", -1)) {
                    elements.add(element.strip());
                }
            }
            if (match.group(1).equals("set")) {
                sets.put(match.group(2), elements);
            } else {
                elements.forEach(element -> {
                    String[] sides = element.split(" : goto ", 2);
                    chosen.put(sides[0], sides[1]);
                });
            }
        }
        return new Table.Found(sets, chosen);
    }
}
