package io.jorch.cli.network;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Group;
import io.jorch.cli.command.Inspect;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch network …`.
public final class NetworkCommand {
    private NetworkCommand() {
    }

    public static CommandLine group(Connection connection) {
        return Group.of("network", "Overlay networks", new NetworkCreate(connection), new NetworkList(connection),
                new Show(connection), new Remove(connection));
    }

    /// `network inspect`.
    @Command(name = "inspect", description = "Show all of one or more networks")
    private static final class Show implements Callable<Integer> {
        @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
        private String format = "";

        @Option(names = {"-v", "--verbose"}, description = "Also the services on it")
        private boolean verbose;

        @Parameters(paramLabel = "NETWORK", arity = "1..*", description = "Names or ids")
        private List<String> networks = List.of();

        private final Connection connection;

        Show(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Integer call() {
            EngineClient client = connection.client();
            return Inspect.run(connection, networks, format, name -> client.get(EngineClient
                    .call("/networks/" + EngineClient.encode(name)).with("verbose", Boolean.toString(verbose))));
        }
    }

    /// `network rm`.
    @Command(name = "rm", aliases = "remove", description = "Remove networks")
    private static final class Remove implements Callable<Integer> {
        @Parameters(paramLabel = "NETWORK", arity = "1..*", description = "Names or ids")
        private List<String> networks = List.of();

        private final Connection connection;

        Remove(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Integer call() {
            return connection.each(networks, name -> {
                connection.client().delete(EngineClient.call("/networks/" + EngineClient.encode(name)));
                connection.out().println(name);
            });
        }
    }
}
