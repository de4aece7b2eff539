package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.render.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch stack ls`.
@Command(name = "ls", aliases = "list", description = "List stacks")
final class StackList implements Callable<Integer> {
    private static final Listing TABLE = Listing.of("Name", "Name", "NAME", "Services", "SERVICES");

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    private final Connection connection;

    StackList(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        Map<String, Integer> counts = new TreeMap<>();
        JsonNode services = connection.client().get(EngineClient.call("/services").with("filters",
                Filters.encode(List.of(), "label", ComposeFile.NAMESPACE)));
        services.forEach(service -> counts.merge(
                service.path("Spec").path("Labels").path(ComposeFile.NAMESPACE).asText(), 1, Integer::sum));
        List<ObjectNode> rows = new ArrayList<>();
        counts.forEach((name, count) -> rows.add(Json.mapper().createObjectNode().put("Name", name).put("Services",
                Integer.toString(count))));
        TABLE.print(connection.out(), rows, format, false);
        return 0;
    }
}
