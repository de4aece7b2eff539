package io.jorch.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jorch node promote` and `demote`.
@Command
final class NodeRole implements Callable<Integer> {
    @Parameters(paramLabel = "NODE", arity = "1..*", description = "Names or ids")
    private List<String> nodes = List.of();

    private final Connection connection;
    private final String role;

    private NodeRole(Connection connection, String role) {
        this.connection = connection;
        this.role = role;
    }

    static CommandLine line(Connection connection, String name, String description, String role) {
        CommandLine line = new CommandLine(new NodeRole(connection, role));
        line.getCommandSpec().name(name).usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() {
        EngineClient client = connection.client();
        return connection.each(nodes, name -> {
            JsonNode node = NodeCommand.find(client, name);
            ObjectNode spec = NodeCommand.spec(node);
            if (spec.path("Role").asText().equals(role)) {
                connection.out().println("Node " + name + " is a " + role + " already.");
                return;
            }
            if (role.equals("worker") && managers(client) == 1) {
                throw new JorchException(ErrorCode.CONFLICT, "node " + name + " is the only manager: a cluster needs "
                        + "one, promote another node first");
            }
            NodeCommand.update(client, node, spec.put("Role", role));
            connection.out().println("Node " + name + (role.equals("manager") ? " promoted to a manager."
                    : " demoted to a worker."));
        });
    }

    private static long managers(EngineClient client) {
        return Connection.elements(client.get(EngineClient.call("/nodes"))).stream()
                .filter(node -> node.path("Spec").path("Role").asText().equals("manager")).count();
    }
}
