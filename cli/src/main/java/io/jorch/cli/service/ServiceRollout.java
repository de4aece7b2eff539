package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jorch service pause` and `resume`.
@Command
final class ServiceRollout implements Callable<Integer> {
    @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "Names or ids")
    private List<String> services = List.of();

    private final Connection connection;
    private final String action;

    private ServiceRollout(Connection connection, String action) {
        this.connection = connection;
        this.action = action;
    }

    static CommandLine line(Connection connection, String action, String description) {
        CommandLine line = new CommandLine(new ServiceRollout(connection, action));
        line.getCommandSpec().name(action).usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() {
        return connection.each(services, service -> {
            JsonNode found = ServiceCommand.find(connection.client(), service);
            ServiceCommand.warn(connection, connection.client().post(ServiceCommand
                    .change("/jorch/services/" + found.path("ID").asText() + "/rollout/" + action), null));
            connection.out().println(service);
        });
    }
}
