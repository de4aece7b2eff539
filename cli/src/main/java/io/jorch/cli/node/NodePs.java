package io.jorch.cli.node;

import io.jorch.cli.command.Connection;
import io.jorch.cli.task.TaskListOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jorch node ps`: without a name of the node that answers.
@Command(name = "ps", description = "List the tasks on nodes")
final class NodePs implements Callable<Integer> {
    @Mixin
    private final TaskListOptions options = new TaskListOptions();

    @Parameters(paramLabel = "NODE", arity = "0..*", description = "Names or ids (default: self)")
    private List<String> nodes = List.of();

    private final Connection connection;

    NodePs(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        List<String> filter = new ArrayList<>();
        int exit = connection.each(nodes.isEmpty() ? List.of("self") : nodes, node -> {
            filter.add("node");
            filter.add(NodeCommand.find(connection.client(), node).path("ID").asText());
        });
        if (!filter.isEmpty()) {
            options.print(connection, filter.toArray(new String[0]));
        }
        return exit;
    }
}
