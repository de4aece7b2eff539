package io.jorch.runtime.check;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// How much of everything there is.
final class MachineCheck {
    private static final long MEBIBYTE = 1L << 20;
    /// A manager and worker alone take some 140 MB.
    private static final long SMALL_MEMORY = 512 * MEBIBYTE;
    /// Below, not even an image of the usual size fits beside the log.
    private static final long LEAST_DISK = 256 * MEBIBYTE;
    private static final long SMALL_DISK = 2048 * MEBIBYTE;
    /// overlayfs can't write on these (filesystems/overlayfs: the upper needs xattrs and d_type).
    private static final Set<String> NO_UPPER = Set.of("overlay", "nfs", "nfs4", "vfat", "exfat", "fuseblk", "9p",
            "cifs", "ecryptfs");

    private MachineCheck() {
    }

    static List<Finding> run(Path data) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("processors", Integer.toString(Runtime.getRuntime().availableProcessors())));
        findings.add(memory(memoryBytes(HostFiles.read("/proc/meminfo"))));
        findings.add(disk(data));
        return findings;
    }

    /// Bytes of memory of the machine.
    static long memoryBytes(String meminfo) {
        return meminfo.lines().filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).findFirst().orElse(0);
    }

    static Finding memory(long bytes) {
        String detail = bytes / MEBIBYTE + " MiB";
        return bytes >= SMALL_MEMORY
                ? Finding.ok("memory", detail)
                : Finding.degraded("memory", detail, "little is left for tasks beside the daemon", "add memory");
    }

    private static Finding disk(Path data) {
        try {
            FileStore store = Files.getFileStore(existing(data));
            return disk(data, store.type(), store.getUsableSpace());
        } catch (IOException failure) {
            return Finding.missing("data-folder", data + " can't be looked at: " + failure.getMessage(),
                    "nothing can be stored", "name another folder");
        }
    }

    /// The folder or its nearest ancestor that exists.
    static Path existing(Path data) {
        Path path = data.toAbsolutePath();
        while (!Files.exists(path) && path.getParent() != null) {
            path = path.getParent();
        }
        return path;
    }

    static Finding disk(Path data, String type, long free) {
        String detail = data + " on " + type + ", " + free / MEBIBYTE + " MiB free";
        if (NO_UPPER.contains(type)) {
            return Finding.missing("data-folder", detail, "tasks can't have a writable root there",
                    "put the data folder on ext4, xfs or btrfs");
        }
        if (free < LEAST_DISK) {
            return Finding.missing("data-folder", detail, "no image fits", "free at least 256 MiB");
        }
        return free < SMALL_DISK
                ? Finding.degraded("data-folder", detail, "few images fit", "free some 2 GiB")
                : Finding.ok("data-folder", detail);
    }
}
