package io.jorch.manager.plan.schedule;

import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.spec.Platform;
import java.util.List;
import java.util.Locale;

/// Whether a node can run what is built for some platforms.
final class Platforms {
    private Platforms() {
    }

    /// Go's name of an architecture, for the kernel's (`uname -m`) and for its own.
    static String architecture(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case "armv7l", "armv6l", "armhf" -> "arm";
            case "i386", "i686" -> "386";
            default -> name.toLowerCase(Locale.ROOT);
        };
    }

    /// @param wanted empty: any; an empty part of one means any
    static boolean runs(Node node, List<Platform> wanted) {
        NodeDescription description = node.description();
        if (wanted.isEmpty() || description == null) {
            return wanted.isEmpty();
        }
        Platform has = description.platform();
        for (Platform platform : wanted) {
            if ((platform.os().isEmpty() || platform.os().equalsIgnoreCase(has.os()))
                    && (platform.architecture().isEmpty()
                            || architecture(platform.architecture()).equals(architecture(has.architecture())))) {
                return true;
            }
        }
        return false;
    }
}
