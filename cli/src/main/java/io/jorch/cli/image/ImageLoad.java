package io.jorch.cli.image;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch image load`.
@Command(name = "load", description = "Take images from an archive of `docker save` or in the OCI layout")
final class ImageLoad implements Callable<Integer> {
    @Option(names = {"-i", "--input"}, paramLabel = "FILE", description = "The archive (default: standard input)")
    private String input = "-";

    @Option(names = {"-q", "--quiet"}, description = "Show no progress")
    private boolean quiet;

    private final Connection connection;

    ImageLoad(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        Archive.send(connection, EngineClient.call("/images/load").with("quiet", Boolean.toString(quiet)), input, quiet);
        return 0;
    }
}
