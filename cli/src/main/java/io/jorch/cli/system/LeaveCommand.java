package io.jorch.cli.system;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch leave`.
@Command(name = "leave", description = "Leave the cluster")
public final class LeaveCommand implements Callable<Integer> {
    @Option(names = {"-f", "--force"}, description = "Also as the last manager: the cluster's state is lost")
    private boolean force;

    private final Connection connection;

    public LeaveCommand(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        connection.client().post(EngineClient.call("/swarm/leave").with("force", Boolean.toString(force)), null);
        connection.out().println("Node left the cluster.");
        return 0;
    }
}
