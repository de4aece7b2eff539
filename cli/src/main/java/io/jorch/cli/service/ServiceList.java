package io.jorch.cli.service;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch service ls`.
@Command(name = "ls", aliases = "list", description = "List services")
final class ServiceList implements Callable<Integer> {
    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "id, name, label, mode")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "table, json, or a Go template")
    private String format = "";

    @Option(names = {"-q", "--quiet"}, description = "Only ids")
    private boolean quiet;

    private final Connection connection;

    ServiceList(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        ServiceTable.LISTING.print(connection.out(),
                ServiceTable.rows(Connection.elements(connection.client().get(EngineClient.call("/services")
                        .with("status", "true").with("filters", Filters.encode(filters))))),
                format, quiet);
        return 0;
    }
}
