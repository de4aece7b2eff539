package io.jorch.manager.control.endpoint;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Network;
import io.jorch.api.object.Node;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.Service;
import io.jorch.api.object.StoredObject;
import io.jorch.api.object.Task;
import io.jorch.raft.state.ClusterState;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Finds objects by what people type: the whole id, else the name, else an unambiguous beginning of the id.
final class Lookup {
    private Lookup() {
    }

    static Service service(ClusterState state, String reference) {
        List<Service> all = state.services().all().stream().filter(service -> !service.removing()).toList();
        return find("service", reference, all, service -> service.name().equals(reference));
    }

    /// @param self the node that answers; `self` means it
    static Node node(ClusterState state, String reference, String self) {
        String wanted = reference.equals("self") ? self : reference;
        return find("node", wanted, state.nodes().all(), node -> hostname(node).equals(wanted)
                || !node.spec().name().isEmpty() && node.spec().name().equals(wanted));
    }

    static Network network(ClusterState state, String reference) {
        return find("network", reference, state.networks().all(),
                network -> network.spec().name().equals(reference));
    }

    static Task task(ClusterState state, String reference) {
        return find("task", reference, state.tasks().all(), _ -> false);
    }

    static String hostname(Node node) {
        NodeDescription description = node.description();
        return description == null ? "" : description.hostname();
    }

    private static <T extends StoredObject> T find(String kind, String reference, Collection<T> all,
            Predicate<T> named) {
        if (reference.isBlank()) {
            throw JorchException.invalid(kind, "is empty: give its id or name");
        }
        for (T object : all) {
            if (object.id().equals(reference)) {
                return object;
            }
        }
        List<T> found = all.stream().filter(named).toList();
        if (found.isEmpty()) {
            found = all.stream().filter(object -> object.id().startsWith(reference)).toList();
        }
        return switch (found.size()) {
            case 0 -> throw JorchException.notFound(kind, reference);
            case 1 -> found.getFirst();
            default -> throw new JorchException(ErrorCode.INVALID,
                    kind + " " + reference + " is ambiguous (" + found.size() + " matches found)");
        };
    }
}
