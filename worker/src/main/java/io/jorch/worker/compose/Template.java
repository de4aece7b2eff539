package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Go's templates, as far as services use them: `{{.Service.Name}}` and the other fields of [TemplateValues],
/// `{{.Service.Labels}}`, `{{index .Service.Labels "key"}}`, string literals, and `| lower`, `| upper`, `| title`
/// behind any of them. `{{-` and `-}}` trim white space as in Go (text/template). Everything else is refused.
final class Template {
    private static final Pattern ACTION = Pattern.compile("\\{\\{(- )?(.*?)( -)?}}", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]*)\"|`([^`]*)`");
    private static final Pattern INDEX = Pattern.compile("index\\s+\\.Service\\.Labels\\s+(?:\"([^\"\\\\]*)\"|`([^`]*)`)");

    private final TemplateValues values;

    Template(TemplateValues values) {
        this.values = values;
    }

    /// @param field the text's path in the spec, for messages
    /// @throws JorchException INVALID when the text asks for more than is known here
    String expand(String field, String text) {
        if (!text.contains("{{")) {
            return text;
        }
        StringBuilder expanded = new StringBuilder();
        Matcher action = ACTION.matcher(text);
        int position = 0;
        boolean trimNext = false;
        while (action.find()) {
            String before = text.substring(position, action.start());
            before = trimNext ? before.stripLeading() : before;
            expanded.append(action.group(1) != null ? before.stripTrailing() : before);
            expanded.append(evaluate(field, action.group(2).strip()));
            trimNext = action.group(3) != null;
            position = action.end();
        }
        String rest = text.substring(position);
        if (rest.contains("{{")) {
            throw JorchException.invalid(field, "'" + text + "' has a {{ that no }} ends");
        }
        return expanded.append(trimNext ? rest.stripLeading() : rest).toString();
    }

    private String evaluate(String field, String action) {
        // A bar inside a literal is no pipe.
        String[] pipe = action.split("\\|(?=(?:[^\"`]*[\"`][^\"`]*[\"`])*[^\"`]*$)");
        String value = operand(field, pipe[0].strip());
        for (int index = 1; index < pipe.length; index++) {
            value = apply(field, pipe[index].strip(), value);
        }
        return value;
    }

    private String operand(String field, String operand) {
        Matcher literal = LITERAL.matcher(operand);
        if (literal.matches()) {
            return chosen(literal);
        }
        if (operand.equals(".Service.Labels")) {
            return printed(values.labels());
        }
        Matcher index = INDEX.matcher(operand);
        if (index.matches()) {
            return values.labels().getOrDefault(chosen(index), "");
        }
        String known = values.fields().get(operand);
        if (known == null) {
            throw JorchException.invalid(field, "{{" + operand + "}} is not known: use "
                    + String.join(", ", values.fields().keySet()) + ", .Service.Labels or index .Service.Labels \"key\"");
        }
        return known;
    }

    private static String apply(String field, String function, String value) {
        return switch (function) {
            case "lower" -> value.toLowerCase(Locale.ROOT);
            case "upper" -> value.toUpperCase(Locale.ROOT);
            case "title" -> Pattern.compile("\\b\\p{L}").matcher(value)
                    .replaceAll(first -> first.group().toUpperCase(Locale.ROOT));
            default -> throw JorchException.invalid(field,
                    "function '" + function + "' is not known: use lower, upper or title");
        };
    }

    private static String chosen(Matcher literal) {
        return literal.group(1) != null ? literal.group(1) : literal.group(2);
    }

    /// As Go prints a map: `map[a:1 b:2]`, sorted.
    private static String printed(Map<String, String> labels) {
        StringJoiner joiner = new StringJoiner(" ", "map[", "]");
        labels.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(label -> joiner.add(label.getKey() + ":" + label.getValue()));
        return joiner.toString();
    }
}
