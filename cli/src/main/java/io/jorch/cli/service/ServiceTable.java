package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.render.Listing;
import io.jorch.cli.task.TaskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Services as `service ls` and `stack services` show them (docker/cli, `command/service/formatter.go`). Pure.
public final class ServiceTable {
    public static final Listing LISTING = Listing.of("ID", "ID", "ID", "Name", "NAME", "Mode", "MODE", "Replicas",
            "REPLICAS", "Image", "IMAGE", "Ports", "PORTS");
    private static final int ID_LENGTH = 12;

    private ServiceTable() {
    }

    /// @param services as `/services?status=true` answers
    public static List<ObjectNode> rows(List<JsonNode> services) {
        return services.stream().sorted(Comparator.comparing(service -> service.path("Spec").path("Name").asText()))
                .map(ServiceTable::row).toList();
    }

    private static ObjectNode row(JsonNode service) {
        JsonNode spec = service.path("Spec");
        String id = service.path("ID").asText();
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("ID", id.length() > ID_LENGTH ? id.substring(0, ID_LENGTH) : id);
        row.put("Name", spec.path("Name").asText());
        row.put("Mode", mode(spec.path("Mode")));
        row.put("Replicas", replicas(service));
        row.put("Image", TaskTable.withoutDigest(spec.path("TaskTemplate").path("ContainerSpec").path("Image").asText()));
        row.put("Ports", ports(service.path("Endpoint").path("Ports")));
        return row;
    }

    static String mode(JsonNode mode) {
        return mode.has("Global") ? "global" : mode.has("ReplicatedJob") ? "replicated job"
                : mode.has("GlobalJob") ? "global job" : "replicated";
    }

    private static String replicas(JsonNode service) {
        JsonNode status = service.path("ServiceStatus");
        JsonNode spec = service.path("Spec");
        String counts = status.path("RunningTasks").asLong() + "/" + status.path("DesiredTasks").asLong();
        JsonNode mode = spec.path("Mode");
        if (mode.has("ReplicatedJob")) {
            JsonNode job = mode.path("ReplicatedJob");
            return counts + " (" + status.path("CompletedTasks").asLong() + "/"
                    + job.path("TotalCompletions").asLong(job.path("MaxConcurrent").asLong(1)) + " completed)";
        }
        if (mode.has("GlobalJob")) {
            return counts + " (" + status.path("CompletedTasks").asLong() + " completed)";
        }
        long most = spec.path("TaskTemplate").path("Placement").path("MaxReplicas").asLong();
        return most > 0 ? counts + " (max " + most + " per node)" : counts;
    }

    private static String ports(JsonNode ports) {
        List<String> texts = new ArrayList<>();
        ports.forEach(port -> {
            if (port.path("PublishedPort").asInt() > 0 && !port.path("PublishMode").asText().equals("host")) {
                texts.add("*:" + port.path("PublishedPort").asText() + "->" + port.path("TargetPort").asText() + "/"
                        + port.path("Protocol").asText("tcp"));
            }
        });
        return String.join(", ", texts);
    }
}
