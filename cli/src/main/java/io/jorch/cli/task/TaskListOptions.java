package io.jorch.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// The flags that every list of tasks has, and printing by them.
public final class TaskListOptions {
    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "id, name, node, label, desired-state")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    @Option(names = "--no-resolve", description = "Show ids instead of names")
    private boolean ids;

    @Option(names = "--no-trunc", description = "Don't shorten")
    private boolean whole;

    @Option(names = {"-q", "--quiet"}, description = "Only ids")
    private boolean quiet;

    /// @param more further filters: names and values in turn
    public void print(Connection connection, String... more) {
        EngineClient client = connection.client();
        List<JsonNode> tasks = Connection.elements(client
                .get(EngineClient.call("/tasks").with("filters", Filters.encode(filters, more))));
        Map<String, String> nodes = ids || quiet || tasks.isEmpty() ? Map.of() : hostnames(client);
        TaskTable.LISTING.print(connection.out(), TaskTable.rows(tasks, nodes, !ids, !whole && !quiet, Instant.now()),
                format, quiet);
    }

    /// Node id → hostname.
    public static Map<String, String> hostnames(EngineClient client) {
        Map<String, String> names = new HashMap<>();
        client.get(EngineClient.call("/nodes")).forEach(node -> names.put(node.path("ID").asText(),
                node.path("Description").path("Hostname").asText(node.path("ID").asText())));
        return names;
    }
}
