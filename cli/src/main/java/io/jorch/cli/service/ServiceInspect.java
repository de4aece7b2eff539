package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Inspect;
import io.jorch.cli.render.Units;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch service inspect`.
@Command(name = "inspect", description = "Show all of one or more services")
final class ServiceInspect implements Callable<Integer> {
    @Option(names = {"-f", "--format"}, paramLabel = "TEMPLATE", description = "json, or a Go template")
    private String format = "";

    @Option(names = "--pretty", description = "For people")
    private boolean pretty;

    @Parameters(paramLabel = "SERVICE", arity = "1..*", description = "Names or ids")
    private List<String> services = List.of();

    private final Connection connection;

    ServiceInspect(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if (pretty) {
            return connection.each(services, name -> print(ServiceCommand.find(connection.client(), name)));
        }
        return Inspect.run(connection, services, format, name -> ServiceCommand.find(connection.client(), name));
    }

    private void print(JsonNode service) {
        JsonNode spec = service.path("Spec");
        JsonNode task = spec.path("TaskTemplate");
        JsonNode container = task.path("ContainerSpec");
        line("ID", service.path("ID"));
        line("Name", spec.path("Name"));
        spec.path("Labels").properties()
                .forEach(label -> connection.out().println(" Label: " + label.getKey() + "=" + label.getValue().asText()));
        connection.out().println("Mode: " + ServiceTable.mode(spec.path("Mode")));
        line(" Replicas", spec.path("Mode").path("Replicated").path("Replicas"));
        if (service.has("UpdateStatus")) {
            line("Update", service.path("UpdateStatus").path("State"));
            line(" Message", service.path("UpdateStatus").path("Message"));
        }
        line("Image", container.path("Image"));
        list("Command", container.path("Command"));
        list("Args", container.path("Args"));
        list("Env", container.path("Env"));
        line("User", container.path("User"));
        line("Working directory", container.path("Dir"));
        list("Constraints", task.path("Placement").path("Constraints"));
        rollout("Update config", spec.path("UpdateConfig"));
        rollout("Rollback config", spec.path("RollbackConfig"));
        JsonNode limits = task.path("Resources").path("Limits");
        if (limits.path("NanoCPUs").asLong() > 0) {
            connection.out().println("CPU limit: " + limits.path("NanoCPUs").asLong() / 1e9);
        }
        if (limits.path("MemoryBytes").asLong() > 0) {
            connection.out().println("Memory limit: " + Units.memory(limits.path("MemoryBytes").asLong()));
        }
        list("Networks", task.path("Networks"));
        line("Endpoint mode", service.path("Endpoint").path("Spec").path("Mode"));
        service.path("Endpoint").path("Ports").forEach(port -> connection.out().println("Port: "
                + port.path("PublishedPort").asText("-") + " -> " + port.path("TargetPort").asText() + "/"
                + port.path("Protocol").asText() + " (" + port.path("PublishMode").asText() + ")"));
        connection.out().println();
    }

    private void rollout(String name, JsonNode config) {
        if (config.isObject()) {
            connection.out().println(name + ": " + config.path("Parallelism").asLong(1) + " at a time, "
                    + config.path("Order").asText("stop-first") + ", on failure "
                    + config.path("FailureAction").asText("pause") + ", delay "
                    + Units.duration(config.path("Delay").asLong()));
        }
    }

    private void line(String name, JsonNode value) {
        if (!value.asText().isEmpty()) {
            connection.out().println(name + ": " + value.asText());
        }
    }

    private void list(String name, JsonNode values) {
        if (!values.isEmpty()) {
            connection.out().println(name + ": " + String.join(" ", Connection.elements(values).stream()
                    .map(value -> value.isObject() ? value.path("Target").asText() : value.asText()).toList()));
        }
    }
}
