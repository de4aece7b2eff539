package io.jorch.manager.control.http;

import io.jorch.api.error.JorchException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request's query parameters. Each reader says by name what is wrong with a value.
public final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /// @param text what follows the question mark; null: nothing
    /// @param known names that may occur; null: any
    /// @throws JorchException INVALID, naming a parameter that isn't known
    static Query parse(@Nullable String text, @Nullable Collection<String> known) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (name.isEmpty()) {
                continue;
            }
            if (known != null && !known.contains(name)) {
                throw JorchException.invalid(name, "is no query parameter of this endpoint: "
                        + (known.isEmpty() ? "it takes none" : "it takes " + String.join(", ", known)));
            }
            values.computeIfAbsent(name, _ -> new ArrayList<>()).add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return new Query(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw JorchException.invalid("query", "has a malformed % escape");
        }
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// The first value, or empty.
    public String text(String name) {
        return text(name, "");
    }

    public String text(String name, String otherwise) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.isEmpty() || all.getFirst().isEmpty() ? otherwise : all.getFirst();
    }

    public List<String> texts(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    /// As Docker reads it (`httputils.BoolValue`): absent, empty, `0`, `no`, `false` and `none` are false, all else true.
    public boolean flag(String name) {
        return switch (text(name).strip().toLowerCase(java.util.Locale.ROOT)) {
            case "", "0", "no", "false", "none" -> false;
            default -> true;
        };
    }

    /// @throws JorchException INVALID when it is absent or no whole number
    public long number(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            throw JorchException.invalid(name, "is missing from the query: give a number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw JorchException.invalid(name, "'" + text + "' is no whole number");
        }
    }

    public @Nullable Long numberOrNull(String name) {
        return text(name).isEmpty() ? null : Long.valueOf(number(name));
    }

    /// Docker's `filters` parameter.
    ///
    /// @param known the filters that the endpoint has
    public Filters filters(String... known) {
        return Filters.parse(text("filters"), List.of(known));
    }
}
