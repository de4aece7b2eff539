package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.service.ServiceCommand;
import io.jorch.cli.service.SpecEditor;
import io.jorch.cli.service.WaitOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch stack deploy`: makes networks, creates or updates services, and waits for all of them. All specs are checked
/// before anything is sent.
@Command(name = "deploy", aliases = "up", description = "Deploy the services of a Compose file, or change them to it")
final class StackDeploy implements Callable<Integer> {
    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Option(names = {"-c", "--compose-file"}, paramLabel = "FILE", required = true, description = "Compose file; -: standard input")
    private String file = "";

    @Option(names = "--prune", description = "Remove services of the stack that the file no longer has")
    private boolean prune;

    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String stack = "";

    private final Connection connection;

    StackDeploy(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        ComposeFile compose = StackSource.read(connection, file, StackCommand.checkedName(stack));
        compose.services().values().forEach(spec -> new SpecEditor(spec).checked());
        EngineClient client = connection.client();
        networks(client, compose);
        Map<String, JsonNode> existing = new HashMap<>();
        StackCommand.services(client, stack)
                .forEach(service -> existing.put(service.path("Spec").path("Name").asText(), service));
        Map<String, String> changed = new LinkedHashMap<>();
        for (ObjectNode spec : compose.services().values()) {
            String name = spec.path("Name").asText();
            JsonNode stored = existing.remove(name);
            changed.put(stored == null ? create(client, name, spec) : update(name, stored, spec), name);
        }
        if (prune) {
            existing.forEach((name, service) -> {
                client.delete(ServiceCommand.change("/services/" + service.path("ID").asText()));
                connection.out().println("Removed service " + name);
            });
        }
        return connection.each(List.copyOf(changed.keySet()),
                id -> wait.await(connection, id, changed.getOrDefault(id, id), false));
    }

    private void networks(EngineClient client, ComposeFile compose) {
        Set<String> there = new HashSet<>();
        client.get(EngineClient.call("/networks")).forEach(network -> there.add(network.path("Name").asText()));
        for (String name : compose.external()) {
            if (!there.contains(name)) {
                throw new JorchException(ErrorCode.NOT_FOUND, "network " + name + " is declared external, but there is "
                        + "none: create it by jorch network create " + name);
            }
        }
        compose.networks().forEach((name, body) -> {
            if (!there.contains(name)) {
                client.post(EngineClient.call("/networks/create"), body);
                connection.out().println("Created network " + name);
            }
        });
    }

    private String create(EngineClient client, String name, ObjectNode spec) {
        JsonNode answer = client.post(ServiceCommand.change("/services/create"), spec);
        ServiceCommand.warn(connection, answer);
        connection.out().println("Created service " + name);
        return answer.path("ID").asText();
    }

    /// `service update --force` counts up a number that no file has: it stays.
    private String update(String name, JsonNode stored, ObjectNode spec) {
        long forced = stored.path("Spec").path("TaskTemplate").path("ForceUpdate").asLong();
        if (forced > 0) {
            spec.withObject("/TaskTemplate").put("ForceUpdate", forced);
        }
        ServiceCommand.update(connection, stored, spec);
        connection.out().println("Updated service " + name);
        return stored.path("ID").asText();
    }
}
