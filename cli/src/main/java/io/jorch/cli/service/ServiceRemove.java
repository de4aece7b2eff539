package io.jorch.cli.service;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `jorch service rm`.
@Command(name = "rm", aliases = "remove", description = "Remove services")
final class ServiceRemove implements Callable<Integer> {
    @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "Names or ids")
    private List<String> services = List.of();

    private final Connection connection;

    ServiceRemove(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        EngineClient client = connection.client();
        return connection.each(services, service -> {
            client.delete(ServiceCommand.change("/services/" + EngineClient.encode(service)));
            connection.out().println(service);
        });
    }
}
