package io.jorch.cli.image;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch image import`: a file system as the one layer of a new image.
@Command(name = "import", description = "Make an image of a file system's archive")
final class ImageImport implements Callable<Integer> {
    @Option(names = {"-c", "--change"}, paramLabel = "INSTRUCTION", description = "Dockerfile instruction to apply, e.g. 'CMD [\"sh\"]'")
    private List<String> changes = List.of();

    @Option(names = {"-m", "--message"}, paramLabel = "TEXT", description = "Comment in the image's history")
    private String message = "";

    @Parameters(index = "0", paramLabel = "FILE|-", description = "The archive; -: standard input")
    private String file = "";

    @Parameters(index = "1", paramLabel = "NAME[:TAG]", arity = "0..1", description = "Name of the image")
    private String name = "";

    private final Connection connection;

    ImageImport(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        EngineClient.Call call = EngineClient.call("/images/create").with("fromSrc", "-");
        if (!name.isEmpty()) {
            NameAndTag parts = NameAndTag.of(name);
            call.with("repo", parts.name()).with("tag", parts.tag());
        }
        if (!message.isEmpty()) {
            call.with("message", message);
        }
        changes.forEach(change -> call.with("changes", change));
        Archive.send(connection, call, file, false);
        return 0;
    }
}
