package io.jorch.cli.stack;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `$VAR`, `${VAR}`, `${VAR-x}`, `${VAR:-x}`, `${VAR?why}`, `${VAR:?why}`, `${VAR+x}`, `${VAR:+x}`, `$$`
/// (compose-spec, `12-interpolation.md`). Values come from the environment alone. A default may hold variables.
final class Interpolation {
    /// Leaves text as it is.
    static final Interpolation NONE = new Interpolation(null);
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Pattern OPERATOR = Pattern.compile(":?[-?+]");

    private final @Nullable Map<String, String> environment;

    private Interpolation(@Nullable Map<String, String> environment) {
        this.environment = environment;
    }

    static Interpolation of(Map<String, String> environment) {
        return new Interpolation(environment);
    }

    /// @param place for complaints
    String apply(String text, Entry place) {
        Map<String, String> values = environment;
        return values == null || text.indexOf('$') < 0 ? text : replaced(text, values, place);
    }

    private static String replaced(String text, Map<String, String> values, Entry place) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next != '$') {
                result.append(next);
                at++;
            } else if (text.startsWith("$$", at)) {
                result.append('$');
                at += 2;
            } else if (text.startsWith("${", at)) {
                int end = closing(text, at + 2, place);
                result.append(expression(text.substring(at + 2, end), values, place));
                at = end + 1;
            } else {
                Matcher name = NAME.matcher(text).region(at + 1, text.length());
                if (!name.lookingAt()) {
                    throw place.wrong("'" + text.substring(at) + "' is no variable: write $$ for a $");
                }
                result.append(values.getOrDefault(name.group(), ""));
                at = name.end();
            }
        }
        return result.toString();
    }

    private static int closing(String text, int from, Entry place) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw place.wrong("'" + text.substring(from - 2) + "' has no closing }");
    }

    private static String expression(String inner, Map<String, String> values, Entry place) {
        Matcher name = NAME.matcher(inner);
        if (!name.lookingAt()) {
            throw place.wrong("'${" + inner + "}' names no variable");
        }
        String value = values.get(name.group());
        if (name.end() == inner.length()) {
            return value == null ? "" : value;
        }
        Matcher operator = OPERATOR.matcher(inner).region(name.end(), inner.length());
        if (!operator.lookingAt()) {
            throw place.wrong("'${" + inner + "}': after the name use -, :-, ?, :?, + or :+");
        }
        boolean there = value != null && !(operator.group().startsWith(":") && value.isEmpty());
        UnaryOperator<String> rest = text -> replaced(text, values, place);
        String argument = inner.substring(operator.end());
        return switch (operator.group().charAt(operator.group().length() - 1)) {
            case '-' -> there && value != null ? value : rest.apply(argument);
            case '+' -> there ? rest.apply(argument) : "";
            default -> {
                if (!there || value == null) {
                    throw place.wrong("variable " + name.group() + " is not set"
                            + (argument.isEmpty() ? "" : ": " + rest.apply(argument)));
                }
                yield value;
            }
        };
    }
}
