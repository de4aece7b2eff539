package io.jorch.cli.image;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch image rm`.
@Command(name = "rm", aliases = "remove", description = "Remove images")
final class ImageRemove implements Callable<Integer> {
    @Option(names = {"-f", "--force"}, description = "Also when it has more names")
    private boolean force;

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Names or ids")
    private List<String> images = List.of();

    private final Connection connection;

    ImageRemove(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        return connection.each(images, image -> connection.client()
                .delete(EngineClient.call("/images/" + image).with("force", Boolean.toString(force)))
                .forEach(item -> connection.out().println(item.has("Untagged")
                        ? "Untagged: " + item.path("Untagged").asText()
                        : "Deleted: " + item.path("Deleted").asText())));
    }
}
