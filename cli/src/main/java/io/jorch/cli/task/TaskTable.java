package io.jorch.cli.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.render.Listing;
import io.jorch.cli.render.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tasks as `ps` shows them: slot by slot, the newest of a slot first, the older ones as ` \_ name`
/// (docker/cli, `command/task/print.go`). Pure: the names of nodes and services are given.
public final class TaskTable {
    public static final Listing LISTING = Listing.of("ID", "ID", "ID", "Name", "NAME", "Image", "IMAGE", "Node", "NODE",
            "DesiredState", "DESIRED STATE", "CurrentState", "CURRENT STATE", "Error", "ERROR", "Ports", "PORTS");
    private static final int ID_LENGTH = 12;
    private static final int ERROR_LENGTH = 30;

    private TaskTable() {
    }

    /// @param truncate ids to 12 characters, errors to 30, and images without their digest
    /// @param nodes node id → hostname; what is missing is shown by its id
    /// @param resolve false: services and nodes by id
    public static List<ObjectNode> rows(List<JsonNode> tasks, Map<String, String> nodes, boolean resolve,
            boolean truncate, Instant now) {
        List<JsonNode> sorted = new ArrayList<>(tasks);
        sorted.sort(Comparator.comparing(TaskTable::service).thenComparing(task -> task.path("Slot").asLong())
                .thenComparing(TaskTable::slotName)
                .thenComparing(task -> Instant.parse(task.path("CreatedAt").asText()), Comparator.reverseOrder()));
        List<ObjectNode> rows = new ArrayList<>();
        String before = "";
        for (JsonNode task : sorted) {
            String name = resolve ? slotName(task) : task.path("ServiceID").asText() + "." + slot(task);
            rows.add(row(task, name.equals(before) ? " \\_ " + name : name, nodes, resolve, truncate, now));
            before = name;
        }
        return rows;
    }

    /// `web.1` of `web.1.TASKID`; in a global service `web.NODEID`.
    public static String slotName(JsonNode task) {
        String name = task.path("Name").asText();
        String id = "." + task.path("ID").asText();
        return name.endsWith(id) ? name.substring(0, name.length() - id.length()) : name;
    }

    private static String service(JsonNode task) {
        String name = slotName(task);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String slot(JsonNode task) {
        return task.path("Slot").asLong() == 0 ? task.path("NodeID").asText() : task.path("Slot").asText();
    }

    private static ObjectNode row(JsonNode task, String name, Map<String, String> nodes, boolean resolve,
            boolean truncate, Instant now) {
        String id = task.path("ID").asText();
        String image = task.path("Spec").path("ContainerSpec").path("Image").asText();
        String node = task.path("NodeID").asText();
        JsonNode status = task.path("Status");
        ObjectNode row = Json.mapper().createObjectNode();
        row.put("ID", truncate && id.length() > ID_LENGTH ? id.substring(0, ID_LENGTH) : id);
        row.put("Name", name);
        row.put("Image", truncate ? withoutDigest(image) : image);
        row.put("Node", resolve ? nodes.getOrDefault(node, node) : node);
        row.put("DesiredState", capitalized(task.path("DesiredState").asText()));
        row.put("CurrentState", capitalized(status.path("State").asText()) + " "
                + Units.ago(Instant.parse(status.path("Timestamp").asText()), now).toLowerCase(Locale.ROOT));
        row.put("Error", error(status.path("Err").asText(), truncate));
        row.put("Ports", ports(status.path("PortStatus").path("Ports")));
        return row;
    }

    private static String error(String error, boolean truncate) {
        if (error.isEmpty()) {
            return "";
        }
        String line = error.replace('\n', ' ');
        return '"' + (truncate && line.length() > ERROR_LENGTH ? line.substring(0, ERROR_LENGTH - 1) + "…" : line) + '"';
    }

    /// `nginx:1` of `nginx:1@sha256:…`.
    public static String withoutDigest(String image) {
        int at = image.indexOf('@');
        return at > 0 ? image.substring(0, at) : image;
    }

    private static String ports(JsonNode ports) {
        List<String> texts = new ArrayList<>();
        ports.forEach(port -> texts.add("*:" + port.path("PublishedPort").asText() + "->"
                + port.path("TargetPort").asText() + "/" + port.path("Protocol").asText("tcp")));
        return String.join(",", texts);
    }

    public static String capitalized(String word) {
        return word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
