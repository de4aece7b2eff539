package io.jorch.cli.image;

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

/// `jorch image …`.
public final class ImageCommand {
    private ImageCommand() {
    }

    public static CommandLine group(Connection connection) {
        return Group.of("image", "Images of the node", new ImageList(connection), new ImagePull(connection),
                new ImagePush(connection), new ImageLoad(connection), new ImageImport(connection),
                new ImageRemove(connection), new Tag(connection), new Show(connection));
    }

    /// `image tag`.
    @Command(name = "tag", description = "Give an image another name")
    private static final class Tag implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "IMAGE", description = "Name or id")
        private String image = "";

        @Parameters(index = "1", paramLabel = "NAME[:TAG]", description = "The other name")
        private String name = "";

        private final Connection connection;

        Tag(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Integer call() {
            NameAndTag target = NameAndTag.of(name);
            connection.client().post(EngineClient.call("/images/" + image + "/tag").with("repo", target.name())
                    .with("tag", target.tag()), null);
            return 0;
        }
    }

    /// `image inspect`.
    @Command(name = "inspect", description = "Show all of one or more images")
    private static final class Show implements Callable<Integer> {
        @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
        private String format = "";

        @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Names or ids")
        private List<String> images = List.of();

        private final Connection connection;

        Show(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Integer call() {
            EngineClient client = connection.client();
            return Inspect.run(connection, images, format,
                    name -> client.get(EngineClient.call("/images/" + name + "/json")));
        }
    }
}
