package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.command.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jorch service scale A=1 B=2`: wishes all first, then waits for all.
@Command(name = "scale", description = "Set how many tasks services have")
final class ServiceScale implements Callable<Integer> {
    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Parameters(paramLabel = "SERVICE=REPLICAS", arity = "1..*")
    private List<String> wishes = List.of();

    private final Connection connection;

    ServiceScale(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        for (String wish : wishes) {
            if (wish.indexOf('=') <= 0 || !wish.substring(wish.indexOf('=') + 1).matches("\\d{1,9}")) {
                throw JorchException.invalid(wish, "is not SERVICE=REPLICAS, e.g. web=3");
            }
        }
        Map<String, String> scaled = new LinkedHashMap<>();
        int exit = connection.each(wishes, wish -> {
            String reference = wish.substring(0, wish.indexOf('='));
            String replicas = wish.substring(wish.indexOf('=') + 1);
            JsonNode found = ServiceCommand.find(connection.client(), reference);
            SpecEditor spec = new SpecEditor((ObjectNode) found.path("Spec").deepCopy());
            DeployFlags.replicas(spec, reference, replicas);
            ServiceCommand.update(connection, found, spec.json());
            connection.out().println(reference + " scaled to " + replicas);
            scaled.put(found.path("ID").asText(), found.path("Spec").path("Name").asText());
        });
        int waited = connection.each(List.copyOf(scaled.keySet()),
                id -> wait.await(connection, id, scaled.getOrDefault(id, id), false));
        return Math.max(exit, waited);
    }
}
