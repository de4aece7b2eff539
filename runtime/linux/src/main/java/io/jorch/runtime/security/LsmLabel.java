package io.jorch.runtime.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The mandatory access control that is active on this host, and so the label a task gets before it executes.
public sealed interface LsmLabel {
    /// Neither is active.
    record None() implements LsmLabel {
    }

    /// @param profile the profile's name; it must be loaded
    record AppArmor(String profile) implements LsmLabel {
    }

    /// @param context `user:role:type:level`
    record SeLinux(String context) implements LsmLabel {
    }

    /// The name under which jorch's profile is loaded.
    String APPARMOR_PROFILE = "jorch-default";
    /// The type that the container policies of Fedora and RHEL know; the level keeps tasks apart.
    String SELINUX_CONTEXT = "system_u:system_r:container_t:";

    /// What to write, and where, in the process that is about to execve: nothing without a module.
    static List<Attribute> attributes(LsmLabel label) {
        return switch (label) {
            case None none -> List.of();
            // The kernel-wide attr/exec belongs to whichever module came first; apparmor's own is there since 5.8.
            case AppArmor armor -> List.of(new Attribute("/proc/self/attr/apparmor/exec", "exec " + armor.profile()));
            case SeLinux linux -> List.of(new Attribute("/proc/self/attr/exec", linux.context()));
        };
    }

    /// One write into the process's attributes.
    record Attribute(String path, String value) {
    }

    /// Reads what is active.
    ///
    /// @param sys       the sysfs mount, /sys outside tests
    /// @param level     the SELinux level that keeps this task apart from others, e.g. from [#level]
    static LsmLabel detect(Path sys, String level) {
        if (read(sys.resolve("module/apparmor/parameters/enabled")).equals("Y")) {
            return new AppArmor(APPARMOR_PROFILE);
        }
        // Permissive (0) still labels, so that its log tells the truth.
        return read(sys.resolve("fs/selinux/enforce")).isEmpty()
                ? new None()
                : new SeLinux(SELINUX_CONTEXT + level);
    }

    /// A level of two categories out of 1024, as container_t expects; the service's id range is unique, so it picks.
    ///
    /// @param range the number of the service's 65,536-id range
    static String level(int range) {
        int pairs = 1024 * 1023 / 2;
        int pair = Math.floorMod(range, pairs);
        int low = 0;
        int row = 1023;
        while (pair >= row) {
            pair -= row;
            row--;
            low++;
        }
        return "s0:c" + low + ",c" + (low + 1 + pair);
    }

    /// The names of the active modules, from securityfs if it is mounted.
    static List<String> active(Path sys) {
        String names = read(sys.resolve("kernel/security/lsm"));
        return names.isEmpty() ? List.of() : Arrays.asList(names.split(","));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException absent) {
            // Not there, or hidden from us: to us the module is not active.
            return "";
        }
    }
}
