package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.command.Group;
import java.util.List;
import picocli.CommandLine;

/// `jorch stack …`: its commands, and the calls they share. A stack is nothing but a label on services and networks.
public final class StackCommand {
    private StackCommand() {
    }

    public static CommandLine group(Connection connection) {
        return Group.of("stack", "Stacks: services of Compose files", new StackDeploy(connection),
                new StackList(connection), new StackPs(connection), new StackServices(connection),
                new StackRemove(connection), new StackConfig(connection));
    }

    /// @return the stack's services, with their counts
    static List<JsonNode> services(EngineClient client, String stack, String... filters) {
        return Connection.elements(client.get(EngineClient.call("/services").with("status", "true").with("filters",
                Filters.encode(List.of(filters), "label", ComposeFile.NAMESPACE + "=" + stack))));
    }

    static String checkedName(String stack) {
        if (!stack.matches("[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*")) {
            throw JorchException.invalid("STACK", "'" + stack + "' is no name: use letters, digits, - and _");
        }
        return stack;
    }
}
