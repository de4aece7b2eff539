package io.jorch.worker.compose;

import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.NodeDescription;
import java.util.Map;
import java.util.TreeMap;

/// What a template may name: swarmkit's context (`template/context.go`).
///
/// @param fields by path, e.g. `.Service.ID`
/// @param labels of the service
record TemplateValues(Map<String, String> fields, Map<String, String> labels) {
    static TemplateValues of(TaskAssignment task, String nodeId, NodeDescription node) {
        Map<String, String> fields = new TreeMap<>();
        fields.put(".Service.ID", task.serviceId());
        fields.put(".Service.Name", task.serviceName());
        fields.put(".Node.ID", nodeId);
        fields.put(".Node.Hostname", node.hostname());
        fields.put(".Node.Platform.Architecture", node.platform().architecture());
        fields.put(".Node.Platform.OS", node.platform().os());
        fields.put(".Task.ID", task.taskId());
        fields.put(".Task.Name", task.name());
        // In a global service swarmkit's slot is the node's id.
        fields.put(".Task.Slot", task.slot() > 0 ? Long.toString(task.slot()) : nodeId);
        return new TemplateValues(fields, task.serviceLabels());
    }
}
