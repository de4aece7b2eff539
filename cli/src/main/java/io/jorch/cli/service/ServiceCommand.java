package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Group;
import java.security.SecureRandom;
import java.util.HexFormat;
import picocli.CommandLine;

/// `jorch service …`: its commands, and the calls they share.
public final class ServiceCommand {
    /// Sent with each change: the same change sent again with the same key is made once.
    static final String KEY_HEADER = "Idempotency-Key";

    private ServiceCommand() {
    }

    public static CommandLine group(Connection connection) {
        return Group.of("service", "Services: what shall run", ServiceCreate.line(connection),
                ServiceUpdate.line(connection), new ServiceScale(connection), new ServiceRollback(connection),
                new ServiceRemove(connection), new ServiceList(connection), new ServicePs(connection),
                new ServiceInspect(connection), new ServiceLogs(connection),
                ServiceRollout.line(connection, "pause", "Hold a rollout where it is"),
                ServiceRollout.line(connection, "resume", "Go on with a rollout that was held"));
    }

    /// @param reference name, id or the begin of an id
    static JsonNode find(EngineClient client, String reference) {
        return client.get(EngineClient.call("/services/" + EngineClient.encode(reference)));
    }

    /// @param path e.g. `/services/create`
    public static EngineClient.Call change(String path) {
        byte[] key = new byte[16];
        new SecureRandom().nextBytes(key);
        return EngineClient.call(path).header(KEY_HEADER, HexFormat.of().formatHex(key));
    }

    public static void warn(Connection connection, JsonNode answer) {
        answer.path("Warnings").forEach(warning -> connection.err().println("warning: " + warning.asText()));
    }

    /// Sends a changed spec.
    ///
    /// @param service as read before: its version makes sure that nobody changed it meanwhile
    public static void update(Connection connection, JsonNode service, Object spec) {
        warn(connection, connection.client().post(change("/services/" + service.path("ID").asText() + "/update")
                .with("version", service.path("Version").path("Index").asText()), spec));
    }
}
