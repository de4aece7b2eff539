package io.jorch.cli.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A list as Docker's client prints it: a table, or by `--format` as `json`, `table TEMPLATE` or a Go template a row.
///
/// @param columns of the default table
/// @param idField the field that `--quiet` prints
public record Listing(List<Column> columns, String idField) {
    private static final int GAP = 3;

    /// @param field the name in templates
    /// @param header the column's title
    public record Column(String field, String header) {
    }

    public static Listing of(String idField, String... fieldsAndHeaders) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < fieldsAndHeaders.length; i += 2) {
            columns.add(new Column(fieldsAndHeaders[i], fieldsAndHeaders[i + 1]));
        }
        return new Listing(List.copyOf(columns), idField);
    }

    /// @param rows fields as strings, by the names that templates use
    public void print(PrintStream out, List<ObjectNode> rows, String format, boolean quiet) {
        if (quiet && format.isEmpty()) {
            rows.forEach(row -> out.println(row.path(idField).asText()));
        } else if (format.isEmpty() || format.equals("table")) {
            List<List<String>> lines = new ArrayList<>();
            lines.add(columns.stream().map(Column::header).toList());
            rows.forEach(row -> lines
                    .add(columns.stream().map(column -> row.path(column.field()).asText()).toList()));
            align(out, lines);
        } else if (format.equals("json")) {
            rows.forEach(row -> out.println(json(row)));
        } else if (format.startsWith("table ")) {
            Template template = Template.compile(unescape(format.substring("table ".length())));
            ObjectNode headers = Json.mapper().createObjectNode();
            if (!rows.isEmpty()) {
                rows.getFirst().fieldNames().forEachRemaining(name -> headers.put(name, headerOf(name)));
            }
            columns.forEach(column -> headers.put(column.field(), column.header()));
            List<List<String>> lines = new ArrayList<>();
            lines.add(cells(template.render(headers)));
            rows.forEach(row -> lines.add(cells(template.render(row))));
            align(out, lines);
        } else {
            Template template = Template.compile(unescape(format));
            rows.forEach(row -> out.println(template.render(row)));
        }
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.split("\t", -1));
    }

    private String headerOf(String field) {
        return columns.stream().filter(column -> column.field().equals(field)).map(Column::header).findFirst()
                .orElse(field.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(java.util.Locale.ROOT));
    }

    /// The shell hands `\t` over as two characters.
    private static String unescape(String format) {
        return format.replace("\\t", "\t").replace("\\n", "\n");
    }

    private static String json(JsonNode row) {
        try {
            return Json.mapper().writeValueAsString(row);
        } catch (JsonProcessingException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't write JSON", failure);
        }
    }

    private static void align(PrintStream out, List<List<String>> lines) {
        int[] widths = new int[lines.stream().mapToInt(List::size).max().orElse(0)];
        for (List<String> line : lines) {
            for (int i = 0; i < line.size(); i++) {
                widths[i] = Math.max(widths[i], line.get(i).codePointCount(0, line.get(i).length()));
            }
        }
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                String cell = line.get(i);
                text.append(cell);
                if (i < line.size() - 1) {
                    text.repeat(' ', widths[i] + GAP - cell.codePointCount(0, cell.length()));
                }
            }
            out.println(text.toString().stripTrailing());
        }
    }
}
