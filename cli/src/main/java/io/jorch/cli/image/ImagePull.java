package io.jorch.cli.image;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch image pull`.
@Command(name = "pull", description = "Fetch an image from a registry")
final class ImagePull implements Callable<Integer> {
    @Option(names = {"-q", "--quiet"}, description = "Show no progress")
    private boolean quiet;

    @Option(names = "--platform", paramLabel = "OS/ARCH", description = "Platform of the image (default: the node's)")
    private String platform = "";

    @Parameters(paramLabel = "IMAGE", description = "NAME[:TAG|@DIGEST]")
    private String image = "";

    private final Connection connection;

    ImagePull(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        NameAndTag parts = NameAndTag.of(image);
        EngineClient.Call call = EngineClient.call("/images/create").with("fromImage", parts.name());
        if (!image.contains("@")) {
            call.with("tag", parts.tag().isEmpty() ? "latest" : parts.tag());
        }
        if (!platform.isEmpty()) {
            call.with("platform", platform);
        }
        connection.client().stream("POST", call, new Transfer(connection, quiet)::show);
        if (quiet) {
            connection.out().println(image);
        }
        return 0;
    }
}
