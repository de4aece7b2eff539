package io.jorch.runtime.check;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The kernel's version and file systems.
final class KernelCheck {
    /// overlayfs takes idmapped layers from here on.
    static final int LEAST_MAJOR = 5;
    static final int LEAST_MINOR = 19;

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private KernelCheck() {
    }

    static List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(version(HostFiles.read("/proc/sys/kernel/osrelease")));
        findings.add(overlay(HostFiles.read("/proc/filesystems")));
        return findings;
    }

    static Finding version(String release) {
        Matcher version = VERSION.matcher(release);
        if (version.matches()) {
            int major = Integer.parseInt(version.group(1));
            int minor = Integer.parseInt(version.group(2));
            if (major > LEAST_MAJOR || major == LEAST_MAJOR && minor >= LEAST_MINOR) {
                return Finding.ok("kernel", release);
            }
        }
        return Finding.missing("kernel", release.isEmpty() ? "unknown" : release,
                "tasks of different services would share their user ids", "use Linux 5.19 or newer");
    }

    static Finding overlay(String filesystems) {
        boolean there = filesystems.lines().anyMatch(line -> line.endsWith("\toverlay"));
        return there
                ? Finding.ok("overlay", "overlayfs is there")
                : Finding.missing("overlay", "no overlayfs", "images can't be mounted", "modprobe overlay");
    }
}
