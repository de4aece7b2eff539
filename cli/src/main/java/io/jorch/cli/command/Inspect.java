package io.jorch.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.cli.render.Template;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;

/// What every `inspect` does: the found objects as one JSON array, or each by a Go template. What is not found is
/// named on stderr, and the exit code is 1.
public final class Inspect {
    private Inspect() {
    }

    public static int run(Connection connection, List<String> names, String format,
            Function<String, JsonNode> find) {
        ArrayNode found = Json.mapper().createArrayNode();
        int exit = connection.each(names, name -> found.add(find.apply(name)));
        print(connection.out(), found, format);
        return exit;
    }

    public static void print(PrintStream out, ArrayNode found, String format) {
        if (format.isEmpty()) {
            out.println(pretty(found));
            return;
        }
        if (format.equals("json")) {
            found.forEach(each -> out.println(each));
            return;
        }
        Template template = Template.compile(format);
        found.forEach(each -> out.println(template.render(each)));
    }

    /// Indented by four, as Docker's client does.
    static String pretty(JsonNode value) {
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter)
                .withArrayIndenter(indenter);
        try {
            return Json.mapper().writer(printer).writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't write JSON", failure);
        }
    }
}
