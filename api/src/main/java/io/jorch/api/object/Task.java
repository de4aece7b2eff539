package io.jorch.api.object;

import io.jorch.api.json.Absent;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One run of a service's container: never restarted, only replaced.
///
/// @param id 25 characters
/// @param revision of its service: its spec and image are there
/// @param slot from 1; 0 in a global service, where the node is the slot
/// @param nodeId empty while PENDING
/// @param desired what managers want of it; only grows: READY, RUNNING, COMPLETE, SHUTDOWN, REMOVE
/// @param hostPorts `protocol/port` on its node that are its alone
/// @param generic reserved generic resources, kind → names or a count
public record Task(String id, Meta meta, String serviceId, long revision, long slot, String nodeId,
        TaskState desired, TaskStatus status, Endpoint endpoint, List<Leg> legs, List<String> hostPorts,
        Map<String, List<String>> generic) implements StoredObject {
    public Task {
        id = Absent.text(id);
        serviceId = Absent.text(serviceId);
        nodeId = Absent.text(nodeId);
        legs = Absent.list(legs);
        hostPorts = Absent.list(hostPorts);
        generic = Absent.map(generic);
    }

    @Override
    public Task stamped(long index) {
        Endpoint stampedEndpoint = endpoint.phase() == Endpoint.Phase.DRAINING && endpoint.epoch() == 0
                ? new Endpoint(Endpoint.Phase.DRAINING, index)
                : endpoint;
        return new Task(id, meta.at(index), serviceId, revision, slot, nodeId, desired, status, stampedEndpoint, legs,
                hostPorts, generic);
    }

    /// What makes two tasks of a service stand in for each other: the slot's number, or the node in a global service.
    public String slotKey() {
        return slot > 0 ? Long.toString(slot) : nodeId;
    }

    public Task withDesired(TaskState newDesired, Instant now) {
        return new Task(id, meta.touched(now), serviceId, revision, slot, nodeId, newDesired, status, endpoint, legs,
                hostPorts, generic);
    }

    public Task withStatus(TaskStatus newStatus, Instant now) {
        return new Task(id, meta.touched(now), serviceId, revision, slot, nodeId, desired, newStatus, endpoint, legs,
                hostPorts, generic);
    }

    public Task withEndpoint(Endpoint newEndpoint, Instant now) {
        return new Task(id, meta.touched(now), serviceId, revision, slot, nodeId, desired, status, newEndpoint, legs,
                hostPorts, generic);
    }

    /// Placed on a node, with what it was given there.
    public Task assigned(String toNode, List<Leg> newLegs, List<String> newHostPorts, Map<String, List<String>> given,
            TaskStatus newStatus, Instant now) {
        return new Task(id, meta.touched(now), serviceId, revision, slot, toNode, desired, newStatus, endpoint,
                newLegs, newHostPorts, given);
    }

    /// Managers want it up and it has not ended.
    public boolean live() {
        return desired.compareTo(TaskState.RUNNING) <= 0 && !status.state().terminal();
    }
}
