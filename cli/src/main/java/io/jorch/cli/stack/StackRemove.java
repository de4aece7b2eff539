package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.service.ServiceCommand;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jorch stack rm`: services first; a network is tried again while tasks that are on their way out still use it.
@Command(name = "rm", aliases = {"remove", "down"}, description = "Remove stacks")
final class StackRemove implements Callable<Integer> {
    private static final long TRY_MILLIS = 200;
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    @Parameters(paramLabel = "STACK", arity = "1..*", description = "Names of stacks")
    private List<String> stacks = List.of();

    private final Connection connection;

    StackRemove(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        return connection.each(stacks, this::remove);
    }

    private void remove(String stack) {
        EngineClient client = connection.client();
        List<JsonNode> services = StackCommand.services(client, stack);
        List<JsonNode> networks = Connection.elements(client.get(EngineClient.call("/networks").with("filters",
                Filters.encode(List.of(), "label", ComposeFile.NAMESPACE + "=" + stack))));
        if (services.isEmpty() && networks.isEmpty()) {
            throw JorchException.notFound("stack", stack);
        }
        for (JsonNode service : services) {
            client.delete(ServiceCommand.change("/services/" + service.path("ID").asText()));
            connection.out().println("Removed service " + service.path("Spec").path("Name").asText());
        }
        long end = System.nanoTime() + GIVE_UP_NANOS;
        for (JsonNode network : networks) {
            removeNetwork(client, network.path("Id").asText(), end);
            connection.out().println("Removed network " + network.path("Name").asText());
        }
    }

    private static void removeNetwork(EngineClient client, String id, long end) {
        while (true) {
            try {
                client.delete(EngineClient.call("/networks/" + id));
                return;
            } catch (JorchException inUse) {
                boolean again = inUse.code() == ErrorCode.CONFLICT || inUse.code() == ErrorCode.FORBIDDEN;
                if (!again || System.nanoTime() > end) {
                    throw inUse;
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(TRY_MILLIS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new JorchException(ErrorCode.UNAVAILABLE, "interrupted: network " + id + " is still there", stop);
            }
        }
    }
}
