package io.jorch.runtime.launch;

import java.nio.file.Path;

import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Fd;
import io.jorch.runtime.linux.FdCalls;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.MountCalls;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.linux.SyscallException;

/// Finds out how this kernel's overlayfs takes idmapped layers, by asking it; nothing is mounted.
public final class LayerProbe {
    private LayerProbe() {
    }

    public static LayerMode detect() {
        try (Fd context = MountCalls.openFilesystem("overlay");
                Fd root = FdCalls.open(Path.of("/"), FdCalls.O_PATH | FdCalls.O_DIRECTORY)) {
            long result = Kernel.tryCall(Syscall.FSCONFIG, context, MountCalls.FSCONFIG_SET_FD, "lowerdir+", 0, root);
            if (result >= 0) {
                return LayerMode.BY_DESCRIPTOR;
            }
            // An option that an older overlayfs does not know, or does not know as a descriptor.
            if (result == -Errno.EINVAL.number() || result == -Errno.EOPNOTSUPP.number()) {
                return LayerMode.BY_PATH;
            }
            throw new SyscallException("fsconfig", (int) -result, "ask overlayfs how it takes layers");
        }
    }
}
