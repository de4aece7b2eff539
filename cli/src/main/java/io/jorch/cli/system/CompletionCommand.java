package io.jorch.cli.system;

import io.jorch.cli.command.Connection;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jorch completion bash`: a script for `source`.
@Command(name = "completion", description = "Print the completion script of a shell")
public final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "bash, or zsh")
    private String shell = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    private final Connection connection;

    public CompletionCommand(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new ParameterException(spec.commandLine(), "'" + shell + "': use bash or zsh");
        }
        connection.out().println(AutoComplete.bash("jorch", spec.root().commandLine()));
        return 0;
    }
}
