package io.jorch.runtime.launch;

import static io.jorch.runtime.linux.FdCalls.AT_FDCWD;
import static io.jorch.runtime.linux.FdCalls.O_CLOEXEC;
import static io.jorch.runtime.linux.MountCalls.FSCONFIG_SET_FD;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NODEV;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_NOSUID;
import static io.jorch.runtime.linux.MountCalls.MOUNT_ATTR_RDONLY;
import static io.jorch.runtime.linux.MountCalls.MOVE_MOUNT_F_EMPTY_PATH;
import static io.jorch.runtime.linux.MountCalls.MS_PRIVATE;
import static io.jorch.runtime.linux.MountCalls.MS_REC;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.script.Datum;
import io.jorch.runtime.script.ScriptBuilder;

/// Emits the making of the container's root as a detached mount, nosuid and nodev, with ids mapped.
/// The overlay's upper directory is not idmapped (overlayfs would go read-only): it belongs to the host ids.
final class RootFilesystem {
    private static final int SAFE = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
    /// One page holds all options of a filesystem that has only the old interface (fs/fs_context.c, legacy_parse_param).
    private static final int LEGACY_OPTIONS = 4000;
    private static final String STAGE = "/dev";

    private final ScriptBuilder script;
    private final Mounting mounting;
    private final LayerMode mode;

    RootFilesystem(ScriptBuilder script, Mounting mounting, LayerMode mode) {
        this.script = script;
        this.mounting = mounting;
        this.mode = mode;
    }

    /// @return the slot of the detached root mount
    Datum make(RootPlan plan) {
        return switch (plan) {
            case RootPlan.Directory(Path path, boolean readOnly) -> mounting.copy("mount root " + path, path, false,
                    SAFE, true);
            case RootPlan.Overlay overlay when mode == LayerMode.BY_DESCRIPTOR -> byDescriptor(overlay);
            case RootPlan.Overlay overlay -> byPath(overlay);
        };
    }

    private Datum byDescriptor(RootPlan.Overlay plan) {
        List<Datum> layers = layers(plan);
        String step = "mount overlay";
        Datum context = script.result("fs", step, Syscall.FSOPEN, "overlay", 1);
        layers.forEach(layer -> script.call("add layer to overlay", Syscall.FSCONFIG, context, FSCONFIG_SET_FD,
                "lowerdir+", 0, layer));
        options(plan).forEach((key, value) -> mounting.option("set " + key + " of overlay to " + value, context, key,
                value));
        Datum root = mounting.create(step, context, SAFE);
        layers.forEach(layer -> script.call(step, Syscall.CLOSE, layer));
        return root;
    }

    private List<Datum> layers(RootPlan.Overlay plan) {
        List<Datum> layers = new ArrayList<>();
        plan.lower().forEach(layer -> layers.add(mounting.copy("open layer " + layer, layer, false,
                SAFE | MOUNT_ATTR_RDONLY, true)));
        return layers;
    }

    private static Map<String, String> options(RootPlan.Overlay plan) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("upperdir", escaped(plan.upper()));
        options.put("workdir", escaped(plan.work()));
        // A layer must not be able to point elsewhere by attributes that name other paths.
        options.put("redirect_dir", "nofollow");
        options.put("metacopy", "off");
        options.put("index", "off");
        return options;
    }

    /// The layers get the names 0, 1, ... on a tmpfs that only a mount namespace of this script's own has.
    private Datum byPath(RootPlan.Overlay plan) {
        String step = "attach layers";
        Datum home = script.result("mntns", step, Syscall.OPENAT, AT_FDCWD, "/proc/self/ns/mnt", O_CLOEXEC);
        script.call(step, Syscall.UNSHARE, NamespaceCalls.CLONE_NEWNS);
        script.call(step, Syscall.MOUNT, 0, "/", 0, MS_REC | MS_PRIVATE, 0);
        List<Datum> layers = layers(plan);
        script.call(step, Syscall.MOUNT, "tmpfs", STAGE, "tmpfs", 0, "size=1m,mode=700");
        StringBuilder lower = new StringBuilder();
        for (int i = 0; i < layers.size(); i++) {
            String path = STAGE + "/" + i;
            script.call(step, Syscall.MKDIRAT, AT_FDCWD, path, 0700);
            script.call(step, Syscall.MOVE_MOUNT, layers.get(i), "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH);
            lower.append(i == 0 ? "" : ":").append(path);
        }
        if (lower.length() + plan.upper().toString().length() + plan.work().toString().length() > LEGACY_OPTIONS) {
            throw JorchException.invalid("root", "has too many layers for this kernel: " + layers.size());
        }
        Map<String, String> options = new LinkedHashMap<>();
        options.put("lowerdir", lower.toString());
        options.putAll(options(plan));
        Datum root = mounting.filesystem("mount overlay", "overlay", options, SAFE);
        script.call(step, Syscall.SETNS, home, NamespaceCalls.CLONE_NEWNS);
        script.call(step, Syscall.CLOSE, home);
        layers.forEach(layer -> script.call(step, Syscall.CLOSE, layer));
        return root;
    }

    /// In upperdir and workdir, overlayfs takes commas and backslashes for its own unless escaped.
    private static String escaped(Path path) {
        String text = path.toString();
        if (text.matches(".*[,:\\\\].*")) {
            throw JorchException.invalid("root", "the data folder's path must have no ',', ':' or '\\': " + text);
        }
        return text;
    }
}
