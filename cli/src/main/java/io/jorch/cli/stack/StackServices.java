package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.command.Connection;
import io.jorch.cli.service.ServiceTable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch stack services`.
@Command(name = "services", description = "List the services of a stack")
final class StackServices implements Callable<Integer> {
    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "id, name, label, mode")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    @Option(names = {"-q", "--quiet"}, description = "Only ids")
    private boolean quiet;

    @Parameters(paramLabel = "STACK", description = "Name of the stack")
    private String stack = "";

    private final Connection connection;

    StackServices(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        List<JsonNode> services = StackCommand.services(connection.client(), stack, filters.toArray(new String[0]));
        if (services.isEmpty() && filters.isEmpty()) {
            throw JorchException.notFound("stack", stack);
        }
        ServiceTable.LISTING.print(connection.out(), ServiceTable.rows(services), format, quiet);
        return 0;
    }
}
