package io.jorch.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Inspect;
import io.jorch.cli.render.Units;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch node inspect`.
@Command(name = "inspect", description = "Show all of one or more nodes")
final class NodeInspect implements Callable<Integer> {
    @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
    private String format = "";

    @Option(names = "--pretty", description = "For people")
    private boolean pretty;

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "Names or ids; self: the one that answers")
    private List<String> nodes = List.of();

    private final Connection connection;

    NodeInspect(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        return pretty
                ? connection.each(nodes, name -> print(NodeCommand.find(connection.client(), name)))
                : Inspect.run(connection, nodes, format, name -> NodeCommand.find(connection.client(), name));
    }

    private void print(JsonNode node) {
        JsonNode said = node.path("Description");
        line("ID", node.path("ID").asText());
        node.path("Spec").path("Labels").properties()
                .forEach(label -> line(" Label", label.getKey() + "=" + label.getValue().asText()));
        line("Hostname", said.path("Hostname").asText());
        line("Role", node.path("Spec").path("Role").asText());
        line("State", node.path("Status").path("State").asText());
        line(" Message", node.path("Status").path("Message").asText());
        line("Availability", node.path("Spec").path("Availability").asText());
        line("Address", node.path("Status").path("Addr").asText());
        line("Manager", node.path("ManagerStatus").path("Reachability").asText());
        line("Platform", said.path("Platform").path("OS").asText() + "/"
                + said.path("Platform").path("Architecture").asText());
        line("CPUs", Double.toString(said.path("Resources").path("NanoCPUs").asLong() / 1e9));
        line("Memory", Units.memory(said.path("Resources").path("MemoryBytes").asLong()));
        line("Engine version", said.path("Engine").path("EngineVersion").asText());
        connection.out().println();
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            connection.out().println(name + ": " + value);
        }
    }
}
