package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Empties a folder of ours; links are removed, never followed.
final class FolderRemoval {
    private FolderRemoval() {
    }

    static void empty(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.filter(path -> !path.equals(folder)).sorted(Comparator.reverseOrder())
                    .toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't empty " + folder + ": "
                    + JorchException.describe(failure), failure);
        }
    }
}
