package io.jorch.net.rules;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A table of family `ip` as a value, and the text of the one transaction that makes it true. Nothing in it is ever
/// deleted and made again while it is wanted, nor does any rule hold an anonymous set: a packet on its way through an
/// older generation of the rules must find the elements that they refer to (see [Nft#spread]).
///
/// @param base what hardly ever changes
/// @param sets the elements of each named set
/// @param map the name of the verdict map that picks a chain
/// @param chosen by key of that map the chain it leads to
public record Table(String name, Base base, SortedMap<String, SortedSet<String>> sets, String map,
        SortedMap<String, Chain> chosen) {
    /// Sets, map and chains that are always there.
    ///
    /// @param setTypes by name of each set its type
    /// @param mapType the type of the map's key
    /// @param chains in an order in which each is declared before it is named
    public record Base(SortedMap<String, String> setTypes, String mapType, List<Chain> chains) {
    }

    /// Rules in their order.
    ///
    /// @param hook its `type … hook … priority …; policy …;` line, empty for a chain that is only jumped to
    public record Chain(String name, String hook, List<String> rules) {
    }

    /// What a table in the kernel holds, by whomever it was made.
    ///
    /// @param sets the elements of each named set
    /// @param chosen the chains by the map's keys
    public record Found(SortedMap<String, SortedSet<String>> sets, SortedMap<String, String> chosen) {
        public static final Found NOTHING = new Found(new TreeMap<>(), new TreeMap<>());
    }

    /// Makes the table true over whatever of it is there: every chain gets its rules anew, elements stay, come or go.
    public String over(Found found) {
        StringBuilder text = new StringBuilder("table ip ").append(name).append(" {\n");
        base.setTypes().forEach((set, type) -> text.append("  set ").append(set).append(" {\n    type ").append(type)
                .append("\n  }\n"));
        text.append("  map ").append(map).append(" {\n    type ").append(base.mapType()).append(" : verdict\n  }\n");
        base.chains().forEach(chain -> declare(text, chain));
        chosen.values().forEach(chain -> declare(text, chain));
        text.append("}\nflush table ip ").append(name).append("\ntable ip ").append(name).append(" {\n");
        base.chains().forEach(chain -> fill(text, chain));
        chosen.values().forEach(chain -> fill(text, chain));
        text.append("}\n");
        TableChange change = new TableChange(name);
        base.setTypes().keySet().forEach(set -> change.set(set, found.sets().getOrDefault(set, new TreeSet<>()),
                sets.getOrDefault(set, new TreeSet<>())));
        found.chosen().forEach((key, chain) -> {
            if (!chosen.containsKey(key)) {
                change.removeChosen(map, key, chain);
            }
        });
        SortedSet<String> added = chosen.entrySet().stream().filter(entry -> !found.chosen().containsKey(entry.getKey()))
                .map(entry -> leading(entry.getKey(), entry.getValue())).collect(Collectors.toCollection(TreeSet::new));
        change.set(map, new TreeSet<>(), added);
        return text.append(change.text()).toString();
    }

    /// The commands that turn `previous` into this, empty when there is nothing to do.
    public String changesFrom(Table previous) {
        if (!base.equals(previous.base)) {
            return over(previous.asFound());
        }
        TableChange change = new TableChange(name);
        base.setTypes().keySet().forEach(set -> change.set(set, previous.sets.getOrDefault(set, new TreeSet<>()),
                sets.getOrDefault(set, new TreeSet<>())));
        previous.chosen.forEach((key, chain) -> {
            if (!chosen.containsKey(key)) {
                change.removeChosen(map, key, chain.name());
            }
        });
        for (Map.Entry<String, Chain> entry : chosen.entrySet()) {
            Chain before = previous.chosen.get(entry.getKey());
            if (before == null) {
                change.addChosen(map, leading(entry.getKey(), entry.getValue()), entry.getValue());
            } else if (!before.equals(entry.getValue())) {
                change.refill(entry.getValue());
            }
        }
        return change.text();
    }

    private Found asFound() {
        SortedMap<String, String> names = new TreeMap<>();
        chosen.forEach((key, chain) -> names.put(key, chain.name()));
        return new Found(sets, names);
    }

    private static String leading(String key, Chain chain) {
        return key + " : goto " + chain.name();
    }

    private static void declare(StringBuilder text, Chain chain) {
        text.append("  chain ").append(chain.name()).append(" {\n");
        if (!chain.hook().isEmpty()) {
            text.append("    ").append(chain.hook()).append('\n');
        }
        text.append("  }\n");
    }

    private static void fill(StringBuilder text, Chain chain) {
        if (!chain.rules().isEmpty()) {
            text.append("  chain ").append(chain.name()).append(" {\n");
            chain.rules().forEach(rule -> text.append("    ").append(rule).append('\n'));
            text.append("  }\n");
        }
    }
}
