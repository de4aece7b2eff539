package io.jorch.runtime.launch;

/// How idmapped layers are handed to overlayfs; found out once by a probe. Both are equally isolated.
public enum LayerMode {
    /// As descriptors of detached mounts (`lowerdir+` by fd, Linux 6.13).
    BY_DESCRIPTOR,
    /// As paths, in a mount namespace of the launch's own that is gone when the overlay is made (from Linux 5.19).
    BY_PATH
}
