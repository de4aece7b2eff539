package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Inspect;
import io.jorch.cli.service.SpecEditor;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch stack config`: what `deploy` would send, as JSON; no daemon is asked.
@Command(name = "config", description = "Check a Compose file, and show the specs that it makes")
final class StackConfig implements Callable<Integer> {
    @Option(names = {"-c", "--compose-file"}, paramLabel = "FILE", required = true, description = "Compose file; -: standard input")
    private String file = "";

    @Parameters(paramLabel = "STACK", arity = "0..1", description = "Name of the stack (default: stack)")
    private String stack = "stack";

    private final Connection connection;

    StackConfig(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        ComposeFile compose = StackSource.read(connection, file, StackCommand.checkedName(stack));
        compose.services().values().forEach(spec -> new SpecEditor(spec).checked());
        ObjectNode config = Json.mapper().createObjectNode();
        config.set("Networks", Json.mapper().valueToTree(compose.networks().values()));
        config.set("Services", Json.mapper().valueToTree(compose.services().values()));
        ArrayNode one = Json.mapper().createArrayNode().add(config);
        Inspect.print(connection.out(), one, "");
        return 0;
    }
}
