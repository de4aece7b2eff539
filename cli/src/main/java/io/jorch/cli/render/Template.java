package io.jorch.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The part of Go's `text/template` that Docker's `--format` is used with: fields, pipelines, `if`/`else`, `range`,
/// `with`, and the functions of [TemplateFunctions]. Anything else is refused by name.
public final class Template {
    private final List<Node> nodes;

    private Template(List<Node> nodes) {
        this.nodes = nodes;
    }

    /// A piece of a template.
    private sealed interface Node {
    }

    private record Text(String text) implements Node {
    }

    private record Output(String pipeline) implements Node {
    }

    /// @param keyword `if`, `range` or `with`
    private record Block(String keyword, String pipeline, List<Node> body, List<Node> otherwise) implements Node {
    }

    private static final class Open {
        final String keyword;
        final String pipeline;
        final List<Node> body = new ArrayList<>();
        final List<Node> otherwise = new ArrayList<>();
        boolean inElse;

        Open(String keyword, String pipeline) {
            this.keyword = keyword;
            this.pipeline = pipeline;
        }

        List<Node> current() {
            return inElse ? otherwise : body;
        }
    }

    /// @throws JorchException INVALID, naming what is wrong
    public static Template compile(String source) {
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open("", ""));
        int at = 0;
        while (at < source.length()) {
            int start = source.indexOf("{{", at);
            if (start < 0) {
                open.getFirst().current().add(new Text(source.substring(at)));
                break;
            }
            int end = source.indexOf("}}", start);
            if (end < 0) {
                throw JorchException.invalid("--format", "'{{' at column " + (start + 1) + " is never closed by '}}'");
            }
            String before = source.substring(at, start);
            String action = source.substring(start + 2, end);
            at = end + 2;
            if (action.startsWith("- ")) {
                before = before.stripTrailing();
                action = action.substring(2);
            }
            if (action.endsWith(" -")) {
                action = action.substring(0, action.length() - 2);
                while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                    at++;
                }
            }
            open.getFirst().current().add(new Text(before));
            add(open, action.strip());
        }
        if (open.size() > 1) {
            throw JorchException.invalid("--format", "'" + open.getFirst().keyword + "' has no 'end'");
        }
        return new Template(List.copyOf(open.getFirst().body));
    }

    private static void add(Deque<Open> open, String action) {
        String keyword = action.split("\\s", 2)[0];
        switch (keyword) {
            case "if", "range", "with" -> open.push(new Open(keyword, action.substring(keyword.length()).strip()));
            case "else" -> open.getFirst().inElse = true;
            case "end" -> {
                if (open.size() == 1) {
                    throw JorchException.invalid("--format", "'end' without 'if', 'range' or 'with'");
                }
                Open done = open.pop();
                open.getFirst().current().add(new Block(done.keyword, done.pipeline, List.copyOf(done.body),
                        List.copyOf(done.otherwise)));
            }
            default -> {
                if (!action.startsWith("/*")) {
                    open.getFirst().current().add(new Output(action));
                }
            }
        }
    }

    /// @throws JorchException INVALID for a field or function that doesn't exist
    public String render(JsonNode data) {
        StringBuilder out = new StringBuilder();
        render(nodes, data, data, out);
        return out.toString();
    }

    private static void render(List<Node> nodes, JsonNode root, JsonNode dot, StringBuilder out) {
        for (Node node : nodes) {
            switch (node) {
                case Text text -> out.append(text.text());
                case Output output ->
                    out.append(TemplateFunctions.text(TemplatePipeline.evaluate(output.pipeline(), root, dot)));
                case Block block -> renderBlock(block, root, dot, out);
            }
        }
    }

    private static void renderBlock(Block block, JsonNode root, JsonNode dot, StringBuilder out) {
        JsonNode value = TemplatePipeline.evaluate(block.pipeline(), root, dot);
        if (!TemplateFunctions.truth(value)) {
            render(block.otherwise(), root, dot, out);
        } else if (block.keyword().equals("range")) {
            for (JsonNode element : value) {
                render(block.body(), root, element, out);
            }
        } else {
            render(block.body(), root, block.keyword().equals("with") ? value : dot, out);
        }
    }
}
