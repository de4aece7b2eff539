package io.jorch.cli.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.render.Listing;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch network ls`.
@Command(name = "ls", aliases = "list", description = "List networks")
final class NetworkList implements Callable<Integer> {
    private static final Listing TABLE = Listing.of("ID", "ID", "NETWORK ID", "Name", "NAME", "Driver", "DRIVER",
            "Scope", "SCOPE");
    private static final int ID_LENGTH = 12;

    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "id, name, label, driver, scope")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    @Option(names = "--no-trunc", description = "Don't shorten")
    private boolean whole;

    @Option(names = {"-q", "--quiet"}, description = "Only ids")
    private boolean quiet;

    private final Connection connection;

    NetworkList(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        List<JsonNode> networks = Connection.elements(connection.client()
                .get(EngineClient.call("/networks").with("filters", Filters.encode(filters))));
        TABLE.print(connection.out(), networks.stream()
                .sorted(Comparator.comparing(network -> network.path("Name").asText())).map(this::row).toList(), format,
                quiet);
        return 0;
    }

    private ObjectNode row(JsonNode network) {
        String id = network.path("Id").asText();
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("ID", whole || id.length() <= ID_LENGTH ? id : id.substring(0, ID_LENGTH));
        row.put("Name", network.path("Name").asText());
        row.put("Driver", network.path("Driver").asText());
        row.put("Scope", network.path("Scope").asText());
        row.put("Internal", network.path("Internal").asText());
        return row;
    }
}
