package io.jorch.net;

import io.jorch.api.error.JorchException;
import java.util.regex.Pattern;

/// The names in the kernel of everything that one node makes. All carry the short node id, so that several daemons on
/// one machine never meet, and so that a sweep takes away only its own.
///
/// @param shortNodeId 4 to 6 characters of `[a-z0-9]`; all daemons of one machine must differ in it
public record NodeNames(String shortNodeId) {
    /// What every interface of every jorch node begins with.
    public static final String ANY_LEG = "jo";

    private static final Pattern SHORT_ID = Pattern.compile("[a-z0-9]{4,6}");
    private static final int INTERFACE_NAME_LIMIT = 15; // IFNAMSIZ - 1
    private static final int TASK_CHARACTERS = 6;

    public NodeNames {
        if (!SHORT_ID.matcher(shortNodeId).matches()) {
            throw JorchException.invalid("shortNodeId", "\"" + shortNodeId + "\" is not 4 to 6 of [a-z0-9]");
        }
    }

    /// The nftables table, in the host's namespace and in each user network's.
    public String table() {
        return "jorch-" + shortNodeId;
    }

    /// What the host ends of this node's legs begin with.
    public String legPrefix() {
        return ANY_LEG + shortNodeId + "-";
    }

    /// The host end of a task's leg, at most 15 characters. Task ids are random, so their first six tell them apart.
    public String leg(String taskId) {
        String name = legPrefix() + taskId.substring(0, Math.min(TASK_CHARACTERS, taskId.length()));
        if (name.length() > INTERFACE_NAME_LIMIT) {
            throw new IllegalStateException(name + " is longer than an interface's name may be");
        }
        return name;
    }

    /// The label of the gateway's address on `lo`.
    public String gatewayLabel() {
        return "lo:" + ANY_LEG + shortNodeId;
    }
}
