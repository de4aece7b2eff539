package io.jorch.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which daemon to talk to, and where to print.
///
/// `--host` belongs to the root alone, as in Docker: `service create` has a flag of the same name.
public final class Connection {
    private static final String DEFAULT_SOCKET = "/run/jorch/jorch.sock";

    @Option(names = {"-H", "--host"}, paramLabel = "SOCKET",
            description = "Daemon to talk to, unix://PATH (default: JORCH_HOST, else unix:///run/jorch/jorch.sock)")
    private String host = "";

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    public Connection(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public EngineClient client() {
        String address = host.isEmpty() ? environment.getOrDefault("JORCH_HOST", DEFAULT_SOCKET) : host;
        if (address.startsWith("tcp://") || address.startsWith("ssh://")) {
            throw JorchException.invalid("--host", address + ": only unix sockets are served yet, use unix://PATH");
        }
        return new EngineClient(Path.of(address.replaceFirst("^unix://", "")));
    }

    /// Whether what is printed is seen by a person as it comes.
    public boolean terminal() {
        java.io.Console console = out == System.out ? System.console() : null;
        return console != null && console.isTerminal();
    }

    /// Does the same for each of several names, and goes on after a failure.
    ///
    /// @return the exit code: 0 when all went well
    public int each(List<String> names, java.util.function.Consumer<String> work) {
        int exit = 0;
        for (String name : names) {
            try {
                work.accept(name);
            } catch (JorchException failure) {
                err.println("jorch: " + failure.getMessage());
                exit = 1;
            }
        }
        return exit;
    }

    /// The elements of a JSON array.
    public static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }
}
