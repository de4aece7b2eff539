package io.jorch.net.rules;

import java.util.SortedSet;
import java.util.TreeSet;

/// Collects the commands of one transaction on one table.
final class TableChange {
    private final StringBuilder text = new StringBuilder();
    private final String table;

    TableChange(String table) {
        this.table = table;
    }

    void set(String name, SortedSet<String> before, SortedSet<String> after) {
        SortedSet<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        if (!gone.isEmpty()) {
            command("delete element", name + " " + Nft.elements(gone));
        }
        SortedSet<String> added = new TreeSet<>(after);
        added.removeAll(before);
        if (!added.isEmpty()) {
            command("add element", name + " " + Nft.elements(added));
        }
    }

    void addChain(String map, String element, String chain, String rule) {
        command("add chain", chain);
        command("add rule", chain + " " + rule);
        command("add element", map + " { " + element + " }");
    }

    void replaceChain(String chain, String rule) {
        command("flush chain", chain);
        command("add rule", chain + " " + rule);
    }

    /// The map's element goes first: the kernel refuses to delete a chain that something still jumps to.
    void removeChain(String map, String key, String chain) {
        command("delete element", map + " { " + key + " }");
        command("flush chain", chain);
        command("delete chain", chain);
    }

    String text() {
        return text.toString();
    }

    private void command(String verb, String rest) {
        text.append(verb).append(" ip ").append(table).append(' ').append(rest).append('\n');
    }
}
