package io.jorch.cli.service;

import io.jorch.cli.command.Connection;
import io.jorch.cli.task.TaskListOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `jorch service ps`.
@Command(name = "ps", description = "List the tasks of services")
final class ServicePs implements Callable<Integer> {
    @Mixin
    private final TaskListOptions options = new TaskListOptions();

    @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "Names or ids")
    private List<String> services = List.of();

    private final Connection connection;

    ServicePs(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        List<String> filter = new ArrayList<>();
        int exit = connection.each(services, service -> {
            filter.add("service");
            filter.add(ServiceCommand.find(connection.client(), service).path("ID").asText());
        });
        if (!filter.isEmpty()) {
            options.print(connection, filter.toArray(new String[0]));
        }
        return exit;
    }
}
