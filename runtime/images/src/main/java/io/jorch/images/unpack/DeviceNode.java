package io.jorch.images.unpack;

/// A device node in a layer.
public record DeviceNode(Kind kind, int major, int minor) {
    /// What `mknod` makes.
    public enum Kind {
        CHARACTER, BLOCK
    }

    /// Overlayfs takes `c 0 0` for a whiteout, so an archive must not bring one.
    public boolean overlayWhiteout() {
        return kind == Kind.CHARACTER && major == 0 && minor == 0;
    }
}
