package io.jorch.runtime.check;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.LaunchException;
import io.jorch.runtime.launch.LaunchPlan;
import io.jorch.runtime.launch.Launcher;
import io.jorch.runtime.launch.LayerMode;
import io.jorch.runtime.launch.NetworkPlan;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.launch.RootPlan;
import io.jorch.runtime.launch.StandardMounts;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.ProcessCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Starts a whole container from an empty image, in all its namespaces, on the disk that is to hold the data. It gets as
/// far as executing its program, which isn't there: that failure, and no other, says that user namespaces and idmapped
/// overlay mounts work here.
public final class ContainerProbe {
    /// Any range does, since nothing runs in it.
    private static final IdRange RANGE = IdRange.from(1_000_000_000);
    private static final String PROGRAM = "/nothing";

    /// @param mode    how layers are handed over on this machine; empty if not at all
    /// @param failure of the last way that was tried; empty if one works
    public record Result(Optional<LayerMode> mode, String failure) {
    }

    private ContainerProbe() {
    }

    /// Tries the faster way first. Leaves nothing in the folder.
    ///
    /// @param folder exists
    public static Result run(Path folder) {
        String failure = "";
        for (LayerMode mode : LayerMode.values()) {
            failure = attempt(folder, mode);
            if (failure.isEmpty()) {
                return new Result(Optional.of(mode), "");
            }
        }
        return new Result(Optional.empty(), failure);
    }

    static Finding finding(Result result) {
        return result.mode().map(mode -> Finding.ok("idmapped-overlay", switch (mode) {
            case BY_DESCRIPTOR -> "a container starts; layers go over by descriptor";
            case BY_PATH -> "a container starts; layers go over by path";
        })).orElseGet(() -> Finding.missing("idmapped-overlay", "a container can't be started: " + result.failure(),
                "tasks of different services would share their user ids",
                "use Linux 5.19 or newer with user namespaces, and a data folder on ext4, xfs or btrfs"));
    }

    /// The failure in words, or empty if the container came as far as it could.
    private static String attempt(Path folder, LayerMode mode) {
        try {
            Path home = Files.createTempDirectory(folder, ".jorch-check-");
            try {
                return attemptIn(home, mode);
            } finally {
                remove(home);
            }
        } catch (IOException failure) {
            return "nothing can be written to " + folder + ": " + JorchException.describe(failure);
        }
    }

    private static String attemptIn(Path home, LayerMode mode) throws IOException {
        for (String name : List.of("lower", "upper", "work", "task", "shims")) {
            Files.createDirectory(home.resolve(name));
        }
        Files.setAttribute(home.resolve("upper"), "unix:uid", RANGE.hostBase());
        Files.setAttribute(home.resolve("upper"), "unix:gid", RANGE.hostBase());
        try (Fd shim = new Launcher(mode).launch(plan(home)).shim()) {
            ProcessCalls.reap(shim);
            return "a program ran that isn't there";
        } catch (LaunchException failure) {
            boolean came = failure.step().equals("exec " + PROGRAM) && failure.errno() == Errno.ENOENT;
            return came ? "" : failure.getMessage();
        } catch (JorchException failure) {
            return JorchException.describe(failure);
        }
    }

    private static LaunchPlan plan(Path home) {
        ProcessPlan process = new ProcessPlan(List.of(PROGRAM), List.of(), "/", ProcessPlan.User.ROOT, 022,
                ProcessPlan.Capabilities.NONE, true, ProcessPlan.Seccomp.NONE, List.of(), 0);
        return new LaunchPlan("check", RANGE,
                new RootPlan.Overlay(List.of(home.resolve("lower")), home.resolve("upper"), home.resolve("work"), false),
                process, "check", "", new NetworkPlan.Isolated(), StandardMounts.of(List.of(), 1 << 20), List.of(),
                List.of(), List.of(), Map.of(), new LaunchPlan.CgroupPlan(List.of(), List.of(), ""),
                new LaunchPlan.ShimPlan(home.resolve("task"), home.resolve("shims"), 0, 0, 0));
    }

    private static void remove(Path home) throws IOException {
        try (Stream<Path> tree = Files.walk(home)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
