package io.jorch.worker.adapt;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.worker.task.AttachedNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.stream.Stream;

/// Each task's own resolv.conf, hosts and hostname, which are mounted over its image's. They are not in the task's own
/// directory, since that is made by the launch itself.
final class EtcFolders {
    private static final List<String> NAMES = List.of("hostname", "hosts", "resolv.conf");

    private final Path folder;

    /// @param folder `DATA/node/etc`
    EtcFolders(Path folder) {
        this.folder = folder;
    }

    /// @return by name below /etc
    Map<String, Path> write(String taskId, String hostname, AttachedNetwork network) {
        Map<String, String> texts = Map.of("hostname", hostname + "\n", "hosts", network.hosts(), "resolv.conf",
                network.resolvConf());
        Map<String, Path> files = new TreeMap<>();
        try {
            Path own = Files.createDirectories(folder.resolve(taskId));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            for (String name : NAMES) {
                Path file = own.resolve(name);
                Files.write(file, texts.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8));
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
                files.put(name, file);
            }
            return files;
        } catch (IOException failure) {
            throw failed(taskId, failure);
        }
    }

    void delete(String taskId) {
        Path own = folder.resolve(taskId);
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            for (String name : NAMES) {
                Files.deleteIfExists(own.resolve(name));
            }
            Files.delete(own);
        } catch (IOException failure) {
            throw failed(taskId, failure);
        }
    }

    Set<String> list() {
        Set<String> tasks = new TreeSet<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(entry -> tasks.add(String.valueOf(entry.getFileName())));
        } catch (NoSuchFileException none) {
            return tasks;
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.INTERNAL, "can't list " + folder, failure);
        }
        return tasks;
    }

    private static JorchException failed(String taskId, IOException failure) {
        return new JorchException(ErrorCode.INTERNAL,
                "files of /etc for task " + taskId + ": " + JorchException.describe(failure), failure);
    }
}
