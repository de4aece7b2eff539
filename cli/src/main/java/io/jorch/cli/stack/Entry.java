package io.jorch.cli.stack;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A value of a Compose file that knows where it stands: every complaint begins with `file:line:column`, of its key if it
/// has one. Text is
/// interpolated when it is read; `<<` merges, aliases are followed.
final class Entry {
    private final Node node;
    private final Node where;
    private final String file;
    private final String path;
    private final Interpolation variables;

    private Entry(Node node, Node where, String file, String path, Interpolation variables) {
        this.node = node;
        this.where = where;
        this.file = file;
        this.path = path;
        this.variables = variables;
    }

    /// @param file for messages
    static Entry parse(String file, String yaml, Interpolation variables) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).setMaxAliasesForCollections(100).build();
        try {
            Optional<Node> root = new Compose(settings).composeString(yaml);
            Node top = root.orElseThrow(() -> JorchException.invalid(file, "is empty"));
            return new Entry(top, top, file, "", variables);
        } catch (MarkedYamlEngineException malformed) {
            throw new JorchException(ErrorCode.INVALID, malformed.getProblemMark().map(mark -> at(file, mark))
                    .orElse(file) + ": " + malformed.getProblem(), malformed);
        }
    }

    private static String at(String file, Mark mark) {
        return file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }

    /// `file:line:column: path`.
    String place() {
        return where.getStartMark().map(mark -> at(file, mark)).orElse(file) + (path.isEmpty() ? "" : ": " + path);
    }

    JorchException wrong(String problem) {
        return JorchException.invalid(place(), problem);
    }

    /// The last name of the path.
    String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean isText() {
        return node instanceof ScalarNode && !isNull();
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    boolean isNull() {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    String text() {
        if (node instanceof ScalarNode scalar) {
            return isNull() ? "" : variables.apply(scalar.getValue(), this);
        }
        throw wrong("must be a text");
    }

    long number() {
        try {
            return Long.parseLong(text());
        } catch (NumberFormatException wrong) {
            throw wrong("'" + text() + "' is no whole number");
        }
    }

    BigDecimal decimal() {
        try {
            return new BigDecimal(text());
        } catch (NumberFormatException wrong) {
            throw wrong("'" + text() + "' is no number");
        }
    }

    boolean truth() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong("'" + text() + "' is neither true nor false");
        };
    }

    List<Entry> list() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong("must be a list");
        }
        List<Entry> entries = new ArrayList<>();
        for (Node each : sequence.getValue()) {
            entries.add(new Entry(each, each, file, path + "[" + entries.size() + "]", variables));
        }
        return entries;
    }

    /// A list of texts, or one text.
    List<String> texts() {
        return isText() ? List.of(text()) : list().stream().map(Entry::text).toList();
    }

    /// Members in the order of the file; a null is an empty map.
    Map<String, Entry> map() {
        Map<String, Entry> members = new LinkedHashMap<>();
        if (isNull()) {
            return members;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw wrong("must be a map");
        }
        Map<String, Entry> merged = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Entry key = new Entry(tuple.getKeyNode(), tuple.getKeyNode(), file, path, Interpolation.NONE);
            String name = key.text();
            Entry value = new Entry(tuple.getValueNode(), tuple.getKeyNode(), file,
                    path.isEmpty() ? name : path + "." + name, variables);
            if (name.equals("<<")) {
                Entry same = new Entry(tuple.getValueNode(), tuple.getKeyNode(), file, path, variables);
                (same.isMap() ? List.of(same) : same.list()).forEach(each -> each.map().forEach(merged::putIfAbsent));
            } else if (members.put(name, value) != null) {
                throw key.wrong("'" + name + "' stands here twice");
            }
        }
        merged.forEach(members::putIfAbsent);
        return members;
    }

    /// A map of texts, or a list of `key=value`; a key without a value has null.
    Map<String, Optional<String>> pairs() {
        Map<String, Optional<String>> pairs = new LinkedHashMap<>();
        if (isMap() || isNull()) {
            map().forEach((key, value) -> pairs.put(key, value.isNull() ? Optional.empty() : Optional.of(value.text())));
        } else {
            for (String text : texts()) {
                int equals = text.indexOf('=');
                pairs.put(equals < 0 ? text : text.substring(0, equals),
                        equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1)));
            }
        }
        return pairs;
    }
}
