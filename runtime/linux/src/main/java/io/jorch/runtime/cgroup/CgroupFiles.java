package io.jorch.runtime.cgroup;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes of a cgroup file system. A value goes over in one write(2), as the kernel wants it.
final class CgroupFiles {
    private CgroupFiles() {
    }

    static void write(Path file, String value) {
        // Not CREATE: on a missing file that would answer EACCES, and hide that the controller isn't there.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(value.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException failure) {
            throw CgroupException.write(file, value, failure);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException failure) {
            throw CgroupException.access("read", file, failure);
        }
    }

    /// A file of one number; `max` is [Long#MAX_VALUE].
    static long number(Path file) {
        String text = read(file);
        return text.equals("max") ? Long.MAX_VALUE : parse(file, text);
    }

    /// The number behind a key in a file of `key number` lines, or 0 where the key isn't there.
    static long keyed(Path file, String key) {
        return keyed(file, read(file), key);
    }

    static long keyed(Path file, String content, String key) {
        for (String line : content.split("\n")) {
            if (line.startsWith(key) && line.length() > key.length() && line.charAt(key.length()) == ' ') {
                return parse(file, line.substring(key.length() + 1).strip());
            }
        }
        return 0;
    }

    private static long parse(Path file, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException strange) {
            throw new JorchException(ErrorCode.INTERNAL, file + " holds \"" + text + "\" where a number belongs",
                    strange);
        }
    }

    /// Makes a directory; false if it was there already.
    static boolean make(Path directory) {
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException there) {
            return false;
        } catch (IOException failure) {
            throw CgroupException.access("make", directory, failure);
        }
    }

    /// Removes a cgroup and those a task made below it; one that is gone already is fine.
    static void remove(Path directory) {
        for (Path child : children(directory)) {
            remove(child);
        }
        try {
            Files.deleteIfExists(directory);
        } catch (IOException failure) {
            throw CgroupException.access("remove", directory, failure);
        }
    }

    /// The cgroups below one, or none if it is gone.
    static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (IOException failure) {
            throw CgroupException.access("list", directory, failure);
        }
        return children;
    }
}
