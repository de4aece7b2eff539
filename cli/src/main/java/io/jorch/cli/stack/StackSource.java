package io.jorch.cli.stack;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.command.Connection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a Compose file, and says its warnings on stderr.
final class StackSource {
    private StackSource() {
    }

    /// @param file `-`: standard input
    static ComposeFile read(Connection connection, String file, String stack) {
        String yaml;
        try {
            yaml = file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.NOT_FOUND, "can't read " + file + ": "
                    + failure.getClass().getSimpleName() + ": is there such a file?", failure);
        }
        Path folder = Path.of(file.equals("-") ? "" : file).toAbsolutePath().normalize();
        Path base = file.equals("-") || folder.getParent() == null ? folder : folder.getParent();
        ComposeFile compose = ComposeFile.of(stack, Entry.parse(file.equals("-") ? "stdin" : file, yaml,
                Interpolation.of(connection.environment())), base, connection.environment());
        compose.warnings().forEach(warning -> connection.err().println("warning: " + warning));
        return compose;
    }
}
