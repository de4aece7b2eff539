package io.jorch.runtime.cgroup;

import io.jorch.api.error.JorchException;
import java.util.regex.Pattern;

/// Where a cgroup stands in every hierarchy: `/jorch-NODE/ID`. It carries the node's short id, so that several nodes can
/// share a machine and each cleans up only its own.
///
/// @param node the node's short id
/// @param id   the task's id, or one of ours that begins with `_`, which no task id does
public record CgroupName(String node, String id) {
    private static final Pattern PART = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,63}");

    /// The shims', which outlive the daemon.
    static final String SHIMS = "_shims";
    /// The daemon's own, used only where it must make room for others.
    static final String DAEMON = "_daemon";

    public CgroupName {
        check("cgroup node id", node);
        check("cgroup task id", id);
    }

    private static void check(String field, String part) {
        if (!PART.matcher(part).matches()) {
            throw JorchException.invalid(field, "\"" + part + "\" must be 1 to 64 of a-z, 0-9, - and _");
        }
    }

    static String parent(String node) {
        check("cgroup node id", node);
        return "jorch-" + node;
    }

    /// Relative to a hierarchy's mount point.
    String path() {
        return parent(node) + "/" + id;
    }
}
