package io.jorch.images.unpack;

import java.util.Set;

/// What an archive's entry may bring: pure decisions on device nodes and extended attributes.
final class EntryPolicy {
    /// The nodes that every container has anyway (runtime-spec, config-linux.md, "Default Devices").
    private static final Set<DeviceNode> HARMLESS_DEVICES = Set.of(character(1, 3), character(1, 5), character(1, 7),
            character(1, 8), character(1, 9), character(5, 0), character(5, 1), character(5, 2));

    /// What an xattr of the archive comes to.
    enum Xattr {
        SET,
        /// Labels and signatures of the machine that built the image: they mean nothing here.
        LEAVE_OUT,
        /// It would steer overlayfs or the kernel.
        REFUSE
    }

    private EntryPolicy() {
    }

    static boolean allows(DeviceNode device) {
        return HARMLESS_DEVICES.contains(device);
    }

    static Xattr decide(String name) {
        return switch (name) {
            case "security.capability", "system.posix_acl_access", "system.posix_acl_default" -> Xattr.SET;
            case "security.selinux", "security.ima", "security.evm", "security.apparmor" -> Xattr.LEAVE_OUT;
            // With the mount option userxattr overlayfs reads user.overlay.* instead of trusted.overlay.*
            case String text when text.startsWith("user.overlay.") -> Xattr.REFUSE;
            case String text when text.startsWith("user.") && text.length() > "user.".length() -> Xattr.SET;
            default -> Xattr.REFUSE;
        };
    }

    private static DeviceNode character(int major, int minor) {
        return new DeviceNode(DeviceNode.Kind.CHARACTER, major, minor);
    }
}
