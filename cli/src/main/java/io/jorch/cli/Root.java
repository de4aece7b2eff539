package io.jorch.cli;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `jorch` itself.
@Command(name = "jorch", description = "Runs containers on a cluster of machines.", synopsisSubcommandLabel = "COMMAND")
final class Root implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Option(names = {"-v", "--version"}, description = "Show the client's version and exit")
    private boolean version;

    private final Connection connection;

    Root(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void run() {
        if (!version) {
            throw new ParameterException(spec.commandLine(), "name a command");
        }
        connection.out().println("jorch version " + clientVersion() + ", API " + EngineClient.API_VERSION);
    }

    /// From the jar's manifest; `dev` when run from class files.
    static String clientVersion() {
        String version = Root.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
