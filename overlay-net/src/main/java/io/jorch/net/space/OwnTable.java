package io.jorch.net.space;

import io.jorch.net.rules.Table;
import java.util.Optional;

/// This node's table in one namespace, and what we know of it. Only differences are written; over a table that we did
/// not write, or whose last transaction failed, what is there is read first, so that no element that stays wanted is
/// ever taken away.
final class OwnTable {
    private final RoutedSpace space;
    private final String name;
    private Optional<Table> inForce = Optional.empty();

    OwnTable(RoutedSpace space, String name) {
        this.space = space;
        this.name = name;
    }

    boolean known() {
        return inForce.isPresent();
    }

    /// Whether it is there, perhaps left by a daemon before us.
    boolean present() {
        return NftListing.tables(space.nft("list tables ip")).contains(name);
    }

    /// In force in the kernel on return.
    void apply(Table table) {
        String commands = inForce.map(table::changesFrom).orElseGet(() -> table.over(found()));
        if (!commands.isEmpty()) {
            inForce = Optional.empty(); // unknown until the kernel says that all of it is in
            space.nft(commands);
        }
        inForce = Optional.of(table);
    }

    void addElements(String set, Iterable<String> elements) {
        String joined = String.join(", ", elements);
        if (!joined.isEmpty()) {
            space.nft("add element ip " + name + " " + set + " { " + joined + " }");
        }
    }

    /// The declaration makes the deletion valid when it is gone already.
    void delete() {
        inForce = Optional.empty();
        space.nft("table ip " + name + "\ndelete table ip " + name);
    }

    private Table.Found found() {
        return present() ? NftListing.contents(space.nft("list table ip " + name)) : Table.Found.NOTHING;
    }
}
