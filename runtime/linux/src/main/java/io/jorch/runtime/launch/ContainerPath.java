package io.jorch.runtime.launch;

import java.util.List;

import io.jorch.api.error.JorchException;

/// Paths inside a container, in canonical form: absolute, no `.`, `..` or empty parts. Links in them are resolved by
/// the kernel inside the container's root (openat2), never by comparing strings.
public final class ContainerPath {
    private ContainerPath() {
    }

    /// Answers the path as it came, or throws naming the field.
    public static String check(String field, String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            throw JorchException.invalid(field, "'" + path.replace('\0', '?') + "' must be an absolute path");
        }
        if (!path.equals("/") && parts(path).stream()
                .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."))) {
            throw JorchException.invalid(field, "'" + path + "' must have no '.', '..' or empty parts");
        }
        return path;
    }

    /// The names from the root down; none for `/`.
    public static List<String> parts(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    /// As [#check], refusing the root and what the kernel's own filesystems own.
    public static String checkMountTarget(String field, String path) {
        check(field, path);
        if (path.equals("/") || isBelow(path, "/proc") || isBelow(path, "/sys")) {
            throw JorchException.invalid(field, "'" + path + "' can't be mounted over: choose another place");
        }
        return path;
    }

    private static boolean isBelow(String path, String directory) {
        return path.equals(directory) || path.startsWith(directory + "/");
    }
}
