package io.jorch.runtime.launch;

import java.nio.file.Path;
import java.util.Map;

/// A mount inside the container. Missing mount points are made.
public sealed interface MountPlan {
    String target();

    /// A filesystem of the kernel's, mounted by the container's own root, so that it shows the container's namespaces.
    ///
    /// @param type e.g. `proc`, `tmpfs`
    /// @param options as of mount(8), in order; a flag has an empty value
    /// @param attributes `MOUNT_ATTR_` bits
    /// @param trusted made before anything the image or user brings in: its target must have no links in it
    record Filesystem(String type, String target, Map<String, String> options, int attributes,
            boolean trusted) implements MountPlan {
        public Filesystem {
            ContainerPath.check("mounts", target);
            options = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(options));
        }
    }

    /// /dev: a small tmpfs with the standard devices and links, made outside the user namespace so that the nodes work.
    record Devices() implements MountPlan {
        @Override
        public String target() {
            return "/dev";
        }
    }

    /// A file or directory of the host.
    ///
    /// @param directory whether the source is one
    /// @param recursive with what is mounted below it
    /// @param attributes `MOUNT_ATTR_` bits, e.g. read-only
    /// @param idMapped whether ids on disk are container ids (0 to 65535); else they are host ids
    record Bind(Path source, String target, boolean directory, boolean recursive, int attributes,
            boolean idMapped) implements MountPlan {
        public Bind {
            ContainerPath.checkMountTarget("mounts", target);
        }
    }

    /// An anonymous filesystem of the user's wish.
    ///
    /// @param sizeBytes 0: the kernel's default, half of the memory
    /// @param permissions e.g. 01777
    record Tmpfs(String target, long sizeBytes, int permissions, int attributes) implements MountPlan {
        public Tmpfs {
            ContainerPath.checkMountTarget("mounts", target);
        }
    }
}
