package io.jorch.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.command.Connection;
import io.jorch.cli.render.Listing;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What the build runs to train the client's AOT cache: the usual command lines are parsed and rendered, no daemon is
/// asked.
final class Training {
    private static final List<List<String>> USUAL = List.of(List.of("service", "create", "--name", "web", "--replicas", "2", "-p", "80:80", "nginx"),
            List.of("service", "ls"), List.of("node", "ls"), List.of("stack", "deploy", "-c", "f", "s"), List.of("service", "ps", "web"), List.of("service", "update", "--image", "a", "web"),
            List.of("info"), List.of("version"),
            List.of("events", "--since", "1m"));

    private Training() {
    }

    static void run() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Connection connection = new Connection(nowhere, nowhere, Map.of());
        for (List<String> line : USUAL) {
            Main.parser(line, connection).parseArgs(line.toArray(new String[0]));
        }
        ObjectNode row = (ObjectNode) Json.mapper().valueToTree(Map.of("ID", "abc", "Name", "web"));
        Listing.of("ID", "ID", "ID", "Name", "NAME").print(nowhere, List.of(row), "", false);
        Listing.of("ID", "ID", "ID", "Name", "NAME").print(nowhere, List.of(row), "{{.ID}}: {{.Name}}", false);
        // A call that fails loads the classes of one that doesn't.
        Main.run(new String[]{"-H", "unix:///nonexistent/jorch.sock", "info"}, nowhere, nowhere, Map.of());
    }
}
