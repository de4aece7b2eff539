package io.jorch.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch node update`.
@Command(name = "update", description = "Change a node's availability, role or labels")
final class NodeUpdate implements Callable<Integer> {
    @Option(names = "--availability", paramLabel = "WHICH", description = "active, pause (no new tasks) or drain (tasks move away)")
    private String availability = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "worker or manager")
    private String role = "";

    @Option(names = "--label-add", paramLabel = "KEY=VALUE", description = "Add or change a label")
    private List<String> labels = List.of();

    @Option(names = "--label-rm", paramLabel = "KEY", description = "Remove a label")
    private List<String> removed = List.of();

    @Parameters(paramLabel = "NODE", description = "Name or id; self: the one that answers")
    private String node = "";

    private final Connection connection;

    NodeUpdate(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        check("--availability", availability, "active", "pause", "drain");
        check("--role", role, "worker", "manager");
        EngineClient client = connection.client();
        JsonNode found = NodeCommand.find(client, node);
        ObjectNode spec = NodeCommand.spec(found);
        if (!availability.isEmpty()) {
            spec.put("Availability", availability);
        }
        if (!role.isEmpty()) {
            spec.put("Role", role);
        }
        ObjectNode all = spec.withObject("/Labels");
        for (String key : removed) {
            if (all.remove(key) == null) {
                throw JorchException.invalid("--label-rm", "the node has no label " + key);
            }
        }
        for (String label : labels) {
            int equals = label.indexOf('=');
            all.put(equals < 0 ? label : label.substring(0, equals), equals < 0 ? "" : label.substring(equals + 1));
        }
        NodeCommand.update(client, found, spec);
        connection.out().println(node);
        return 0;
    }

    private static void check(String flag, String value, String... allowed) {
        if (!value.isEmpty() && !List.of(allowed).contains(value)) {
            throw JorchException.invalid(flag, "'" + value + "': use one of " + String.join(", ", allowed));
        }
    }
}
