package io.jorch.manager.control.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Docker's `filters`: `{"name": ["a", "b"]}`, or in its older form `{"name": {"a": true}}`. Between filters all must
/// hold; within one any value may.
public final class Filters {
    private final Map<String, List<String>> terms;

    private Filters(Map<String, List<String>> terms) {
        this.terms = terms;
    }

    /// @throws JorchException INVALID, naming a filter that isn't known
    static Filters parse(String json, List<String> known) {
        Map<String, List<String>> terms = new TreeMap<>();
        if (json.isBlank()) {
            return new Filters(terms);
        }
        JsonNode document;
        try {
            document = Json.mapper().readTree(json);
        } catch (JsonProcessingException malformed) {
            throw JorchException.invalid("filters", "is no JSON: write {\"name\": [\"value\"]}");
        }
        if (!document.isObject()) {
            throw JorchException.invalid("filters", "is no JSON object: write {\"name\": [\"value\"]}");
        }
        for (Map.Entry<String, JsonNode> term : document.properties()) {
            if (!known.contains(term.getKey())) {
                throw JorchException.invalid("filters", "invalid filter '" + term.getKey() + "': use one of "
                        + String.join(", ", known.stream().filter(name -> !name.startsWith("_")).toList()));
            }
            terms.put(term.getKey(), values(term.getKey(), term.getValue()));
        }
        return new Filters(terms);
    }

    private static List<String> values(String name, JsonNode node) {
        List<String> values = new ArrayList<>();
        if (node.isArray()) {
            for (JsonNode value : node) {
                if (!value.isTextual()) {
                    throw JorchException.invalid("filters." + name, "has a value that is no text");
                }
                values.add(value.textValue());
            }
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> value : node.properties()) {
                if (value.getValue().asBoolean()) {
                    values.add(value.getKey());
                }
            }
        } else {
            throw JorchException.invalid("filters." + name, "is neither a list nor an object of values");
        }
        return List.copyOf(values);
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    public List<String> values(String name) {
        return terms.getOrDefault(name, List.of());
    }

    public Map<String, List<String>> terms() {
        return Map.copyOf(terms);
    }

    /// Whether the filter isn't given, or one of its values passes.
    public boolean any(String name, Predicate<String> test) {
        return !has(name) || values(name).stream().anyMatch(test);
    }

    /// Whether the labels have all that is asked: `key` or `key=value`.
    public boolean labels(String name, Map<String, String> labels) {
        return values(name).stream().allMatch(term -> hasLabel(labels, term));
    }

    /// Whether the labels have none of what is named.
    public boolean labelsAbsent(String name, Map<String, String> labels) {
        return values(name).stream().noneMatch(term -> hasLabel(labels, term));
    }

    private static boolean hasLabel(Map<String, String> labels, String term) {
        int equals = term.indexOf('=');
        String value = labels.get(equals < 0 ? term : term.substring(0, equals));
        return value != null && (equals < 0 || value.equals(term.substring(equals + 1)));
    }

    /// A filter whose value is true or false.
    ///
    /// @throws JorchException INVALID for anything but `true`, `1`, `false`, `0`
    public boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return switch (values(name).getFirst()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw JorchException.invalid("filters." + name, "'" + values(name).getFirst()
                    + "' is neither true nor false");
        };
    }

    /// Refuses values that aren't among those allowed.
    public Filters oneOf(String name, String... allowed) {
        for (String value : values(name)) {
            if (!List.of(allowed).contains(value)) {
                throw JorchException.invalid("filters." + name, "'" + value + "' is none of " + String.join(", ", allowed));
            }
        }
        return this;
    }
}
