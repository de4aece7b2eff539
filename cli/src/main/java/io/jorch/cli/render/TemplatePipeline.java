package io.jorch.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jorch.api.error.JorchException;
import java.util.ArrayList;
import java.util.List;

/// Evaluates `a b | c d`: each command's result is the last argument of the next.
final class TemplatePipeline {
    private final String source;
    private final JsonNode root;
    private final JsonNode dot;
    private int at;

    private TemplatePipeline(String source, JsonNode root, JsonNode dot) {
        this.source = source;
        this.root = root;
        this.dot = dot;
    }

    static JsonNode evaluate(String source, JsonNode root, JsonNode dot) {
        TemplatePipeline pipeline = new TemplatePipeline(source, root, dot);
        JsonNode value = pipeline.pipeline();
        if (pipeline.at < source.length()) {
            throw JorchException.invalid("--format", "unexpected '" + source.substring(pipeline.at) + "'");
        }
        return value;
    }

    private JsonNode pipeline() {
        JsonNode value = command(List.of());
        skipSpace();
        while (at < source.length() && source.charAt(at) == '|') {
            at++;
            value = command(List.of(value));
            skipSpace();
        }
        return value;
    }

    private JsonNode command(List<JsonNode> piped) {
        skipSpace();
        int start = at;
        if (at < source.length() && Character.isLetter(source.charAt(at))) {
            while (at < source.length() && Character.isLetterOrDigit(source.charAt(at))) {
                at++;
            }
            String name = source.substring(start, at);
            if (name.equals("true") || name.equals("false")) {
                return BooleanNode.valueOf(name.equals("true"));
            }
            List<JsonNode> arguments = new ArrayList<>(operands());
            arguments.addAll(piped);
            return TemplateFunctions.call(name, arguments);
        }
        List<JsonNode> values = operands();
        if (values.size() != 1 || !piped.isEmpty()) {
            throw JorchException.invalid("--format", "'" + source + "' is no value or function call");
        }
        return values.getFirst();
    }

    private List<JsonNode> operands() {
        List<JsonNode> operands = new ArrayList<>();
        for (skipSpace(); at < source.length() && source.charAt(at) != '|' && source.charAt(at) != ')'; skipSpace()) {
            operands.add(operand());
        }
        return operands;
    }

    private JsonNode operand() {
        char first = source.charAt(at);
        if (first == '.') {
            return field(dot);
        }
        if (first == '$') {
            at++;
            return at < source.length() && source.charAt(at) == '.' ? field(root) : root;
        }
        if (first == '"' || first == '`') {
            return string(first);
        }
        if (first == '(') {
            at++;
            JsonNode value = pipeline();
            if (at >= source.length() || source.charAt(at) != ')') {
                throw JorchException.invalid("--format", "'(' without ')' in '" + source + "'");
            }
            at++;
            return at < source.length() && source.charAt(at) == '.' ? field(value) : value;
        }
        int start = at;
        while (at < source.length() && (Character.isDigit(source.charAt(at)) || source.charAt(at) == '-')) {
            at++;
        }
        if (start == at) {
            throw JorchException.invalid("--format", "unexpected '" + source.substring(at) + "'");
        }
        return LongNode.valueOf(Long.parseLong(source.substring(start, at)));
    }

    private JsonNode field(JsonNode from) {
        JsonNode value = from;
        while (at < source.length() && source.charAt(at) == '.') {
            at++;
            int start = at;
            while (at < source.length()
                    && (Character.isLetterOrDigit(source.charAt(at)) || source.charAt(at) == '_')) {
                at++;
            }
            if (start == at) {
                return value;
            }
            String name = source.substring(start, at);
            JsonNode next = value.path(name);
            if (next.isMissingNode() && value == root && root.isObject()) {
                throw JorchException.invalid("--format", "there is no field ." + name + ": use one of "
                        + String.join(", ", fieldNames(root)));
            }
            value = next;
        }
        return value;
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(name -> names.add("." + name));
        return names;
    }

    private JsonNode string(char quote) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < source.length() && source.charAt(at) != quote) {
            char next = source.charAt(at++);
            if (next == '\\' && quote == '"' && at < source.length()) {
                char escaped = source.charAt(at++);
                next = switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    default -> escaped;
                };
            }
            text.append(next);
        }
        at++;
        return TextNode.valueOf(text.toString());
    }

    private void skipSpace() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
    }
}
