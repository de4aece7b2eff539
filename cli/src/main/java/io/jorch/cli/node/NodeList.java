package io.jorch.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.render.Listing;
import io.jorch.cli.task.TaskTable;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch node ls`: the node that answers is marked with a star.
@Command(name = "ls", aliases = "list", description = "List nodes")
final class NodeList implements Callable<Integer> {
    private static final Listing TABLE = Listing.of("Id", "ID", "ID", "Hostname", "HOSTNAME", "Status", "STATUS",
            "Availability", "AVAILABILITY", "ManagerStatus", "MANAGER STATUS", "EngineVersion", "ENGINE VERSION");

    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "id, name, label, node.label, role, membership")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    @Option(names = {"-q", "--quiet"}, description = "Only ids")
    private boolean quiet;

    private final Connection connection;

    NodeList(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        EngineClient client = connection.client();
        List<JsonNode> nodes = Connection.elements(client
                .get(EngineClient.call("/nodes").with("filters", Filters.encode(filters))));
        String self = quiet ? "" : client.get(EngineClient.call("/info")).path("Swarm").path("NodeID").asText();
        TABLE.print(connection.out(), nodes.stream()
                .sorted(Comparator.comparing(node -> node.path("Description").path("Hostname").asText()))
                .map(node -> row(node, self, format.isEmpty())).toList(), format, quiet);
        return 0;
    }

    private static ObjectNode row(JsonNode node, String self, boolean table) {
        String id = node.path("ID").asText();
        JsonNode manager = node.path("ManagerStatus");
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("ID", id.equals(self) && table ? id + " *" : id);
        row.put("Hostname", node.path("Description").path("Hostname").asText());
        row.put("Status", TaskTable.capitalized(node.path("Status").path("State").asText()));
        row.put("Availability", TaskTable.capitalized(node.path("Spec").path("Availability").asText()));
        row.put("ManagerStatus", manager.path("Leader").asBoolean() ? "Leader"
                : TaskTable.capitalized(manager.path("Reachability").asText()));
        row.put("EngineVersion", node.path("Description").path("Engine").path("EngineVersion").asText());
        row.put("Self", Boolean.toString(id.equals(self)));
        row.put("Id", id);
        return row;
    }
}
