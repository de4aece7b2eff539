package io.jorch.cli.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Group;
import picocli.CommandLine;

/// `jorch node …`: its commands, and the calls they share.
public final class NodeCommand {
    private NodeCommand() {
    }

    public static CommandLine group(Connection connection) {
        return Group.of("node", "Nodes of the cluster", new NodeList(connection), new NodeInspect(connection),
                new NodePs(connection), new NodeUpdate(connection), new NodeRemove(connection),
                NodeRole.line(connection, "promote", "Make workers managers", "manager"),
                NodeRole.line(connection, "demote", "Make managers workers", "worker"));
    }

    /// @param reference name, id or the begin of an id; `self` is the node that answers
    static JsonNode find(EngineClient client, String reference) {
        String id = reference.equals("self")
                ? client.get(EngineClient.call("/info")).path("Swarm").path("NodeID").asText()
                : reference;
        return client.get(EngineClient.call("/nodes/" + EngineClient.encode(id)));
    }

    static ObjectNode spec(JsonNode node) {
        return (ObjectNode) node.path("Spec").deepCopy();
    }

    static void update(EngineClient client, JsonNode node, JsonNode spec) {
        client.post(EngineClient.call("/nodes/" + node.path("ID").asText() + "/update").with("version",
                node.path("Version").path("Index").asText()), spec);
    }
}
