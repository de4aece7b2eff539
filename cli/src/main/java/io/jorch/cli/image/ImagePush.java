package io.jorch.cli.image;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch image push`.
@Command(name = "push", description = "Send an image to a registry")
final class ImagePush implements Callable<Integer> {
    /// The API wants the header also without credentials (Docker Engine API, `ImagePush`).
    private static final String NO_CREDENTIALS = Base64.getUrlEncoder()
            .encodeToString("{}".getBytes(StandardCharsets.UTF_8));

    @Option(names = {"-q", "--quiet"}, description = "Show no progress")
    private boolean quiet;

    @Parameters(paramLabel = "IMAGE", description = "NAME[:TAG]")
    private String image = "";

    private final Connection connection;

    ImagePush(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        NameAndTag parts = NameAndTag.of(image);
        connection.client().stream("POST", EngineClient.call("/images/" + parts.name() + "/push")
                .with("tag", parts.tag().isEmpty() ? "latest" : parts.tag()).header("X-Registry-Auth", NO_CREDENTIALS),
                new Transfer(connection, quiet)::show);
        return 0;
    }
}
