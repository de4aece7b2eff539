package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jorch service create`: what comes after the image belongs to the container's command, flags too.
@Command(name = "create", description = "Create a service, and wait until it runs")
final class ServiceCreate implements Callable<Integer> {
    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Option(names = "--no-resolve-image", description = "Don't ask the registry for the image's digest")
    private boolean noResolve;

    @Parameters(index = "0", paramLabel = "IMAGE", description = "Image of the tasks")
    private String image = "";

    @Parameters(index = "1..*", paramLabel = "ARG", arity = "0..*", description = "Arguments for the image's entry point")
    private List<String> arguments = List.of();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    private final Connection connection;
    private final List<Flag> flags = ServiceFlags.create();

    private ServiceCreate(Connection connection) {
        this.connection = connection;
    }

    static CommandLine line(Connection connection) {
        ServiceCreate command = new ServiceCreate(connection);
        CommandLine line = new CommandLine(command);
        ServiceFlags.declare(line.getCommandSpec(), command.flags);
        return line.setStopAtPositional(true);
    }

    @Override
    public Integer call() {
        SpecEditor wish = new SpecEditor(Json.mapper().createObjectNode());
        wish.set("TaskTemplate.ContainerSpec.Image", image);
        if (!arguments.isEmpty()) {
            wish.set("TaskTemplate.ContainerSpec.Args", arguments);
        }
        ServiceFlags.apply(spec.commandLine().getParseResult(), flags, wish);
        wish.checked();
        EngineClient.Call call = ServiceCommand.change("/services/create");
        if (noResolve) {
            call.header("X-Jorch-Resolve-Image", "never");
        }
        JsonNode answer = connection.client().post(call, wish.json());
        ServiceCommand.warn(connection, answer);
        String id = answer.path("ID").asText();
        connection.out().println(id);
        wait.await(connection, id, wish.get("Name").asText(id), false);
        return 0;
    }
}
