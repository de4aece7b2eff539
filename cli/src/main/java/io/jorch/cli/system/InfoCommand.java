package io.jorch.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.render.Template;
import io.jorch.cli.render.Units;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch info`: what the node is, has and uses.
@Command(name = "info", description = "Show what the node is and what it runs")
public final class InfoCommand implements Callable<Integer> {
    @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
    private String format = "";

    private final Connection connection;

    public InfoCommand(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        JsonNode info = connection.client().get(EngineClient.call("/info"));
        if (format.isEmpty()) {
            print(info);
        } else {
            connection.out().println(format.equals("json") ? info.toString() : Template.compile(format).render(info));
        }
        return 0;
    }

    private void print(JsonNode info) {
        PrintStream out = connection.out();
        line("Server version", info.path("ServerVersion").asText());
        line("Node", info.path("Name").asText());
        JsonNode swarm = info.path("Swarm");
        line("Cluster", swarm.path("LocalNodeState").asText("inactive"));
        if (!swarm.path("NodeID").asText().isEmpty()) {
            line(" Node ID", swarm.path("NodeID").asText());
            line(" Is manager", Boolean.toString(swarm.path("ControlAvailable").asBoolean()));
            line(" Node address", swarm.path("NodeAddr").asText());
        }
        if (swarm.has("Managers")) {
            line(" Cluster ID", swarm.path("Cluster").path("ID").asText());
            line(" Managers", swarm.path("Managers").asText());
            line(" Nodes", swarm.path("Nodes").asText());
        }
        if (!swarm.path("Error").asText().isEmpty()) {
            line(" Error", swarm.path("Error").asText());
        }
        line("Containers", info.path("Containers").asInt() + " (" + info.path("ContainersRunning").asInt()
                + " running)");
        line("Images", info.path("Images").asText());
        line("Storage driver", info.path("Driver").asText());
        line("Logging driver", info.path("LoggingDriver").asText());
        line("Cgroups", "v" + info.path("CgroupVersion").asText() + ", " + info.path("CgroupDriver").asText());
        line("Security", String.join(", ", Connection.elements(info.path("SecurityOptions")).stream()
                .map(JsonNode::asText).toList()));
        line("Kernel", info.path("KernelVersion").asText());
        line("Operating system", info.path("OperatingSystem").asText());
        line("Architecture", info.path("Architecture").asText());
        line("CPUs", info.path("NCPU").asText());
        line("Memory", Units.memory(info.path("MemTotal").asLong()));
        line("Data folder", info.path("DockerRootDir").asText());
        info.path("Warnings").forEach(warning -> out.println("WARNING: " + warning.asText()));
    }

    private void line(String name, String value) {
        connection.out().println(name + ": " + value);
    }
}
