package io.jorch.cli.node;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch node rm`.
@Command(name = "rm", aliases = "remove", description = "Remove nodes from the cluster")
final class NodeRemove implements Callable<Integer> {
    @Option(names = {"-f", "--force"}, description = "Also when the node isn't down")
    private boolean force;

    @Parameters(paramLabel = "NODE", arity = "1..*", description = "Names or ids")
    private List<String> nodes = List.of();

    private final Connection connection;

    NodeRemove(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        return connection.each(nodes, node -> {
            connection.client().delete(EngineClient.call("/nodes/" + EngineClient.encode(node)).with("force",
                    Boolean.toString(force)));
            connection.out().println(node);
        });
    }
}
