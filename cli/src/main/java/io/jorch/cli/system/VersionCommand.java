package io.jorch.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.render.Template;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch version`: the client's and the daemon's.
@Command(name = "version", description = "Show the versions of client and daemon")
public final class VersionCommand implements Callable<Integer> {
    @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
    private String format = "";

    private final Connection connection;
    private final String clientVersion;

    public VersionCommand(Connection connection, String clientVersion) {
        this.connection = connection;
        this.clientVersion = clientVersion;
    }

    @Override
    public Integer call() {
        ObjectNode all = Json.mapper().createObjectNode();
        all.putObject("Client").put("Version", clientVersion).put("ApiVersion", EngineClient.API_VERSION)
                .put("JavaVersion", Runtime.version().toString()).put("Os", "linux")
                .put("Arch", System.getProperty("os.arch", ""));
        if (format.isEmpty()) {
            connection.out().println("Client: jorch");
            print(all.path("Client"));
        }
        // The client's part is shown also when no daemon answers.
        all.set("Server", connection.client().get(EngineClient.call("/version")));
        if (format.isEmpty()) {
            connection.out().println();
            connection.out().println("Server: " + all.path("Server").path("Platform").path("Name").asText("jorch"));
            print(all.path("Server"));
        } else {
            connection.out().println(format.equals("json") ? all.toString() : Template.compile(format).render(all));
        }
        return 0;
    }

    private void print(JsonNode version) {
        version.properties().forEach(field -> {
            if (field.getValue().isTextual() && !field.getValue().asText().isEmpty()) {
                connection.out().println(" %-16s %s".formatted(field.getKey() + ":", field.getValue().asText()));
            }
        });
    }
}
