package io.jorch.cli.task;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Group;
import io.jorch.cli.command.Inspect;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch task …`: the tasks of all services.
public final class TaskCommand {
    private TaskCommand() {
    }

    public static CommandLine group(Connection connection) {
        return Group.of("task", "Tasks of all services", new Ls(connection), new Show(connection));
    }

    /// `task ls`.
    @Command(name = "ls", aliases = "list", description = "List tasks")
    private static final class Ls implements Callable<Integer> {
        @Mixin
        private final TaskListOptions options = new TaskListOptions();
        private final Connection connection;

        Ls(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Integer call() {
            options.print(connection);
            return 0;
        }
    }

    /// `task inspect`.
    @Command(name = "inspect", description = "Show all of one or more tasks")
    private static final class Show implements Callable<Integer> {
        @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
        private String format = "";

        @Parameters(paramLabel = "TASK", arity = "1..*")
        private List<String> tasks = List.of();
        private final Connection connection;

        Show(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Integer call() {
            EngineClient client = connection.client();
            return Inspect.run(connection, tasks, format,
                    task -> client.get(EngineClient.call("/tasks/" + EngineClient.encode(task))));
        }
    }
}
