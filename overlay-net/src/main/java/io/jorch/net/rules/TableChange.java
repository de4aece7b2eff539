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

    void addChosen(String map, String element, Table.Chain chain) {
        command("add chain", chain.name());
        rules(chain);
        command("add element", map + " { " + element + " }");
    }

    void refill(Table.Chain chain) {
        command("flush chain", chain.name());
        rules(chain);
    }

    /// The map's element goes first: the kernel refuses to delete a chain that something still leads to.
    void removeChosen(String map, String key, String chain) {
        command("delete element", map + " { " + key + " }");
        command("flush chain", chain);
        command("delete chain", chain);
    }

    String text() {
        return text.toString();
    }

    private void rules(Table.Chain chain) {
        chain.rules().forEach(rule -> command("add rule", chain.name() + " " + rule));
    }

    private void command(String verb, String rest) {
        text.append(verb).append(" ip ").append(table).append(' ').append(rest).append('\n');
    }
}
