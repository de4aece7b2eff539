package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.cli.command.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `jorch service update`: reads the spec, changes what the flags say, sends it back with the version that was read.
@Command(name = "update", description = "Change a service, and wait until the change is in force")
final class ServiceUpdate implements Callable<Integer> {
    @Mixin
    private final WaitOptions wait = new WaitOptions();

    @Option(names = "--image", paramLabel = "IMAGE", description = "New image")
    private String image = "";

    @Option(names = "--args", paramLabel = "COMMAND", description = "New arguments for the image's entry point")
    private String arguments = "";

    @Option(names = "--rollback", description = "Go back to the version before: see jorch service rollback")
    private boolean rollback;

    @Parameters(paramLabel = "SERVICE", description = "Name or id")
    private String service = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    private final Connection connection;
    private final List<Flag> flags = ServiceFlags.update();

    private ServiceUpdate(Connection connection) {
        this.connection = connection;
    }

    static CommandLine line(Connection connection) {
        ServiceUpdate command = new ServiceUpdate(connection);
        CommandLine line = new CommandLine(command);
        ServiceFlags.declare(line.getCommandSpec(), command.flags);
        return line;
    }

    @Override
    public Integer call() {
        JsonNode found = ServiceCommand.find(connection.client(), service);
        SpecEditor wish = new SpecEditor((ObjectNode) found.path("Spec").deepCopy());
        boolean changed = ServiceFlags.apply(spec.commandLine().getParseResult(), flags, wish);
        if (!image.isEmpty()) {
            wish.set("TaskTemplate.ContainerSpec.Image", image);
        }
        if (spec.commandLine().getParseResult().hasMatchedOption("--args")) {
            wish.set("TaskTemplate.ContainerSpec.Args", ContainerFlags.words(arguments));
        }
        if (rollback) {
            if (changed || !image.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--rollback goes with no other change");
            }
            return ServiceRollback.roll(connection, found, 0, wait);
        }
        wish.checked();
        ServiceCommand.update(connection, found, wish.json());
        connection.out().println(service);
        wait.await(connection, found.path("ID").asText(), found.path("Spec").path("Name").asText(), false);
        return 0;
    }
}
