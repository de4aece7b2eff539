package io.jorch.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.render.Listing;
import io.jorch.cli.render.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch image ls`: one line per name of an image.
@Command(name = "ls", aliases = "list", description = "List images")
final class ImageList implements Callable<Integer> {
    private static final Listing TABLE = Listing.of("ID", "Repository", "REPOSITORY", "Tag", "TAG", "ID", "IMAGE ID",
            "CreatedSince", "CREATED", "Size", "SIZE");
    private static final int ID_LENGTH = 12;

    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "reference, label, dangling, before, since")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    @Option(names = "--no-trunc", description = "Don't shorten")
    private boolean whole;

    @Option(names = {"-q", "--quiet"}, description = "Only ids")
    private boolean quiet;

    private final Connection connection;

    ImageList(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        EngineClient.Call call = EngineClient.call("/images/json");
        if (!filters.isEmpty()) {
            call.with("filters", Filters.encode(filters));
        }
        List<ObjectNode> rows = new ArrayList<>();
        for (JsonNode image : connection.client().get(call)) {
            if (image.path("RepoTags").isEmpty()) {
                rows.add(row(image, "<none>:<none>"));
            }
            image.path("RepoTags").forEach(name -> rows.add(row(image, name.asText())));
        }
        TABLE.print(connection.out(), rows, format, quiet);
        return 0;
    }

    private ObjectNode row(JsonNode image, String reference) {
        String id = image.path("Id").asText();
        int colon = reference.lastIndexOf(':');
        Instant created = Instant.ofEpochSecond(image.path("Created").asLong());
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("Repository", reference.substring(0, colon));
        row.put("Tag", reference.substring(colon + 1));
        row.put("ID", whole ? id : shortened(id.replaceFirst("^sha256:", "")));
        row.put("CreatedSince", Units.ago(created, Instant.now()));
        row.put("CreatedAt", created.toString());
        row.put("Size", Units.size(image.path("Size").asLong()));
        return row;
    }

    private static String shortened(String id) {
        return id.length() <= ID_LENGTH ? id : id.substring(0, ID_LENGTH);
    }
}
