package io.jorch.net.space;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The folder that namespaces are bound in.
final class NamespaceFolder {
    private NamespaceFolder() {
    }

    /// The names in it, none when it is not there yet.
    static List<String> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "list " + folder + ": " + JorchException.describe(failure),
                    failure);
        }
    }
}
