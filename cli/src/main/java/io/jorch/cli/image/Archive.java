package io.jorch.cli.image;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Sends an archive to the daemon.
final class Archive {
    private Archive() {
    }

    /// @param file `-`: standard input
    static void send(Connection connection, EngineClient.Call call, String file, boolean quiet) {
        if (!file.equals("-") && !Files.isReadable(Path.of(file))) {
            throw new JorchException(ErrorCode.NOT_FOUND, "can't read " + file + ": is there such a file?");
        }
        if (file.equals("-") && System.console() != null && System.console().isTerminal()) {
            throw JorchException.invalid("FILE", "standard input is a terminal: name an archive");
        }
        try (InputStream body = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            connection.client().upload(call, body, new Transfer(connection, quiet)::show);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't read " + file + ": " + JorchException.describe(failure),
                    failure);
        }
    }
}
