package io.jorch.cli.service;

import io.jorch.cli.command.Connection;
import picocli.CommandLine.Option;

/// Whether a command waits for what it wished, and shows how far that is.
public final class WaitOptions {
    @Option(names = {"-d", "--detach"}, arity = "0..1", paramLabel = "BOOL", fallbackValue = "true", description = "Don't wait until the wish came true")
    private boolean detach;

    @Option(names = {"-q", "--quiet"}, description = "Show no progress")
    private boolean quiet;

    public boolean quiet() {
        return quiet;
    }

    public boolean detach() {
        return detach;
    }

    /// @throws io.jorch.api.error.JorchException saying why the wish didn't come true
    public void await(Connection connection, String id, String name, boolean rollbackWished) {
        if (!detach) {
            Convergence.await(connection, id, name, quiet, rollbackWished);
        }
    }
}
