package io.jorch.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What Docker adds to Go's template functions (`docker/cli`, `templates/templates.go`), and Go's own that are in use.
final class TemplateFunctions {
    private TemplateFunctions() {
    }

    static JsonNode call(String name, List<JsonNode> arguments) {
        return switch (name) {
            case "json" -> TextNode.valueOf(json(one(name, arguments)));
            case "lower" -> TextNode.valueOf(text(one(name, arguments)).toLowerCase(Locale.ROOT));
            case "upper" -> TextNode.valueOf(text(one(name, arguments)).toUpperCase(Locale.ROOT));
            case "title" -> TextNode.valueOf(title(text(one(name, arguments))));
            case "len" -> LongNode.valueOf(length(one(name, arguments)));
            case "not" -> BooleanNode.valueOf(!truth(one(name, arguments)));
            case "and" -> arguments.stream().filter(value -> !truth(value)).findFirst().orElse(arguments.getLast());
            case "or" -> arguments.stream().filter(TemplateFunctions::truth).findFirst().orElse(arguments.getLast());
            case "eq" -> BooleanNode.valueOf(text(arguments.get(0)).equals(text(arguments.get(1))));
            case "ne" -> BooleanNode.valueOf(!text(arguments.get(0)).equals(text(arguments.get(1))));
            case "index" -> index(arguments);
            case "split" -> split(text(arguments.get(0)), text(arguments.get(1)));
            case "join" -> TextNode.valueOf(join(arguments.get(0), text(arguments.get(1))));
            case "print" -> TextNode.valueOf(String.join("", texts(arguments)));
            case "println" -> TextNode.valueOf(String.join(" ", texts(arguments)) + "\n");
            case "printf" -> TextNode.valueOf(printf(arguments));
            case "truncate" -> TextNode.valueOf(truncate(text(arguments.get(0)), arguments.get(1).asInt()));
            default -> throw JorchException.invalid("--format", "there is no function '" + name
                    + "': use json, lower, upper, title, len, join, split, index, printf, println, truncate, eq, ne, "
                    + "and, or, not");
        };
    }

    /// As Go prints a value.
    static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return "[" + String.join(" ", texts(children(value))) + "]";
        }
        if (value.isObject()) {
            List<String> members = new ArrayList<>();
            value.properties().forEach(member -> members.add(member.getKey() + ":" + text(member.getValue())));
            return "map[" + String.join(" ", members) + "]";
        }
        return value.asText();
    }

    static boolean truth(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            return value.doubleValue() != 0;
        }
        return value.isTextual() ? !value.textValue().isEmpty() : !value.isEmpty();
    }

    private static JsonNode one(String name, List<JsonNode> arguments) {
        if (arguments.size() != 1) {
            throw JorchException.invalid("--format", "'" + name + "' takes one argument, not " + arguments.size());
        }
        return arguments.getFirst();
    }

    private static String json(JsonNode value) {
        try {
            return value.isMissingNode() ? "null" : Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't write JSON", failure);
        }
    }

    private static long length(JsonNode value) {
        return value.isTextual() ? value.textValue().length() : value.size();
    }

    private static JsonNode index(List<JsonNode> arguments) {
        JsonNode value = arguments.getFirst();
        for (JsonNode key : arguments.subList(1, arguments.size())) {
            value = key.isNumber() ? value.path(key.intValue()) : value.path(key.asText());
        }
        return value.isMissingNode() ? MissingNode.getInstance() : value;
    }

    private static JsonNode split(String text, String separator) {
        return Json.mapper().valueToTree(List.of(text.split(java.util.regex.Pattern.quote(separator), -1)));
    }

    private static String join(JsonNode list, String separator) {
        return String.join(separator, texts(children(list)));
    }

    private static String printf(List<JsonNode> arguments) {
        String format = text(arguments.getFirst()).replace("%v", "%s").replace("%d", "%s").replace("%q", "\"%s\"");
        return String.format(Locale.ROOT, format,
                arguments.stream().skip(1).map(TemplateFunctions::text).toArray());
    }

    private static String truncate(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length);
    }

    private static String title(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static List<JsonNode> children(JsonNode list) {
        List<JsonNode> children = new ArrayList<>();
        list.forEach(children::add);
        return children;
    }

    private static List<String> texts(List<JsonNode> values) {
        return values.stream().map(TemplateFunctions::text).toList();
    }
}
