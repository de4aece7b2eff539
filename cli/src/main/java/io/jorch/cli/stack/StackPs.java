package io.jorch.cli.stack;

import io.jorch.api.error.JorchException;
import io.jorch.cli.command.Connection;
import io.jorch.cli.task.TaskListOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jorch stack ps`.
@Command(name = "ps", description = "List the tasks of a stack")
final class StackPs implements Callable<Integer> {
    @Mixin
    private final TaskListOptions options = new TaskListOptions();

    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String stack = "";

    private final Connection connection;

    StackPs(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if (StackCommand.services(connection.client(), stack).isEmpty()) {
            throw JorchException.notFound("stack", stack);
        }
        options.print(connection, "label", ComposeFile.NAMESPACE + "=" + stack);
        return 0;
    }
}
