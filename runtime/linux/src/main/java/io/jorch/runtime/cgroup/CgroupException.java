package io.jorch.runtime.cgroup;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/// An access to a cgroup file that the kernel refused: which file, which value, and its reason.
public final class CgroupException extends JorchException {
    private static final long serialVersionUID = 1L;

    /// The C library's words for the error numbers that cgroup files answer with; Java passes on only the words.
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("Invalid argument", "EINVAL"),
            Map.entry("Device or resource busy", "EBUSY"), Map.entry("No space left on device", "ENOSPC"),
            Map.entry("Operation not permitted", "EPERM"), Map.entry("Permission denied", "EACCES"),
            Map.entry("Numerical result out of range", "ERANGE"), Map.entry("No such device", "ENODEV"),
            Map.entry("No such process", "ESRCH"), Map.entry("Operation not supported", "EOPNOTSUPP"),
            Map.entry("Read-only file system", "EROFS"), Map.entry("Cannot allocate memory", "ENOMEM"),
            Map.entry("Too many open files", "EMFILE"), Map.entry("Resource temporarily unavailable", "EAGAIN"),
            Map.entry("No such file or directory", "ENOENT"), Map.entry("Directory not empty", "ENOTEMPTY"));

    private final String errno;

    private CgroupException(ErrorCode code, String message, String errno, IOException cause) {
        super(code, message, cause);
        this.errno = errno;
    }

    static CgroupException write(Path file, String value, IOException failure) {
        String errno = errno(failure);
        return new CgroupException(code(errno), "can't write \"" + value + "\" to " + file + ": " + errno, errno,
                failure);
    }

    static CgroupException access(String doing, Path file, IOException failure) {
        String errno = errno(failure);
        return new CgroupException(code(errno), "can't " + doing + " " + file + ": " + errno, errno, failure);
    }

    /// The error's name, e.g. `EBUSY`, or its words where the name isn't known.
    public String errno() {
        return errno;
    }

    private static String errno(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "ENOENT";
        }
        if (failure instanceof AccessDeniedException) {
            return "EACCES";
        }
        String words = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        return words == null ? failure.getClass().getSimpleName() : NAMES.getOrDefault(words, words);
    }

    private static ErrorCode code(String errno) {
        return switch (errno) {
            case "EINVAL", "ERANGE", "ENODEV" -> ErrorCode.INVALID;
            case "EBUSY", "ENOTEMPTY" -> ErrorCode.CONFLICT;
            case "ENOSPC", "ENOMEM", "EMFILE", "EAGAIN" -> ErrorCode.EXHAUSTED;
            case "ENOENT", "EROFS", "EOPNOTSUPP" -> ErrorCode.UNSUPPORTED;
            default -> ErrorCode.INTERNAL;
        };
    }
}
