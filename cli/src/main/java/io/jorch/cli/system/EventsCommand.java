package io.jorch.cli.system;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import io.jorch.cli.command.Filters;
import io.jorch.cli.render.Template;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch events`: one line per event, until `--until` or Ctrl-C.
@Command(name = "events", description = "Show what happens, as it happens")
public final class EventsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnnXXX");

    @Option(names = "--since", paramLabel = "TIME", description = "Also what happened since: a time, or e.g. 10m")
    private String since = "";

    @Option(names = "--until", paramLabel = "TIME", description = "End at this time")
    private String until = "";

    @Option(names = {"-f", "--filter"}, paramLabel = "KEY=VALUE", description = "type, event, service, node, network, image, label, scope")
    private List<String> filters = List.of();

    @Option(names = "--format", paramLabel = "TEMPLATE", description = "json, or a Go template")
    private String format = "";

    private final Connection connection;

    public EventsCommand(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        EngineClient.Call call = EngineClient.call("/events");
        if (!since.isEmpty()) {
            call.with("since", since);
        }
        if (!until.isEmpty()) {
            call.with("until", until);
        }
        if (!filters.isEmpty()) {
            call.with("filters", Filters.encode(filters));
        }
        Template template = format.isEmpty() || format.equals("json") ? null : Template.compile(format);
        connection.client().stream("GET", call, event -> {
            if (template != null) {
                connection.out().println(template.render(event));
            } else {
                connection.out().println(format.isEmpty() ? line(event, ZoneId.systemDefault()) : event.toString());
            }
            connection.out().flush();
            return !connection.out().checkError();
        });
        return 0;
    }

    /// `TIME type action ID (key=value, …)`, keys in order (docker/cli, `command/system/events.go`).
    static String line(JsonNode event, ZoneId zone) {
        long nanos = event.path("timeNano").asLong();
        Instant time = Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
        StringBuilder line = new StringBuilder(TIME.format(time.atZone(zone))).append(' ')
                .append(event.path("Type").asText()).append(' ').append(event.path("Action").asText()).append(' ')
                .append(event.path("Actor").path("ID").asText());
        List<String> attributes = new ArrayList<>();
        event.path("Actor").path("Attributes").properties()
                .forEach(field -> attributes.add(field.getKey() + "=" + field.getValue().asText()));
        if (!attributes.isEmpty()) {
            line.append(" (").append(String.join(", ", attributes.stream().sorted().toList())).append(')');
        }
        return line.toString();
    }
}
