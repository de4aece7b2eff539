package io.jorch.runtime.cgroup;

import io.jorch.api.error.JorchException;
import java.util.List;

/// Devices that a task may open; all others are refused, even where it finds or makes their nodes.
///
/// @param type  which kind
/// @param major the major number, or [#ANY]
/// @param minor the minor number, or [#ANY]
/// @param read  whether it may be opened for reading
/// @param write whether it may be opened for writing
/// @param make  whether its node may be made; useless in a user namespace, so only for tasks without one
public record DeviceRule(Type type, int major, int minor, boolean read, boolean write, boolean make) {
    public static final int ANY = -1;

    /// `ALL` is both kinds with any number.
    public enum Type {
        ALL('a'), BLOCK('b'), CHARACTER('c');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }
    }

    /// Every device of the host: a relaxation.
    public static final DeviceRule EVERYTHING = new DeviceRule(Type.ALL, ANY, ANY, true, true, true);

    /// The nodes of every container's /dev (OCI runtime spec, "default devices"): null, zero, full, random, urandom,
    /// tty, ptmx and the terminals of its own devpts. No wildcard mknod as in Docker's list: overlay's whiteouts are
    /// exempt in the kernel, and a user namespace can make no other node.
    public static final List<DeviceRule> DEFAULTS = List.of(character(1, 3), character(1, 5), character(1, 7),
            character(1, 8), character(1, 9), character(5, 0), character(5, 2), character(136, ANY));

    public DeviceRule {
        if (major < ANY || minor < ANY) {
            throw JorchException.invalid("Devices", "a device number is 0 or more, or -1 for any");
        }
        if (!read && !write && !make) {
            throw JorchException.invalid("Devices", "a rule that allows nothing: name r, w or m");
        }
    }

    private static DeviceRule character(int major, int minor) {
        return new DeviceRule(Type.CHARACTER, major, minor, true, true, false);
    }

    /// From Docker's `PathOnHost` numbers and `CgroupPermissions` (`rwm`).
    public static DeviceRule parse(Type type, int major, int minor, String permissions) {
        if (!permissions.matches("[rwm]{1,3}")) {
            throw JorchException.invalid("Devices.CgroupPermissions",
                    "\"" + permissions + "\": write some of the letters r, w and m");
        }
        return new DeviceRule(type, major, minor, permissions.contains("r"), permissions.contains("w"),
                permissions.contains("m"));
    }

    /// The line of v1's devices.allow: `c 1:3 rw`.
    String line() {
        return type.letter + " " + number(major) + ":" + number(minor) + " " + (read ? "r" : "") + (write ? "w" : "")
                + (make ? "m" : "");
    }

    private static String number(int number) {
        return number == ANY ? "*" : Integer.toString(number);
    }
}
