package io.jorch.cli.image;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.command.Connection;
import io.jorch.cli.render.Units;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Shows the stream that pull, push, load and import answer with (Docker's `jsonmessage`): on a terminal a line per
/// layer that is painted over, elsewhere a line per change of state.
final class Transfer {
    private final PrintStream out;
    private final boolean terminal;
    private final boolean quiet;
    private final Map<String, String> lines = new LinkedHashMap<>();
    private final Map<String, String> states = new LinkedHashMap<>();

    Transfer(Connection connection, boolean quiet) {
        this.out = connection.out();
        this.terminal = connection.terminal();
        this.quiet = quiet;
    }

    /// @return always true: the stream is read to its end
    /// @throws JorchException when the daemon says that it failed
    boolean show(JsonNode message) {
        JsonNode error = message.path("errorDetail").path("message");
        if (!error.isMissingNode() || message.has("error")) {
            throw new JorchException(ErrorCode.INTERNAL, error.asText(message.path("error").asText()));
        }
        if (message.has("stream")) {
            out.print(message.path("stream").asText());
            return true;
        }
        String status = message.path("status").asText();
        String id = message.path("id").asText();
        if (quiet || status.isEmpty()) {
            return true;
        }
        if (id.isEmpty()) {
            out.println(status);
            lines.clear();
        } else if (terminal) {
            paint(id, id + ": " + status + amount(message.path("progressDetail")));
        } else if (!status.equals(states.put(id, status))) {
            out.println(id + ": " + status);
        }
        out.flush();
        return true;
    }

    private void paint(String id, String line) {
        int before = lines.size();
        lines.put(id, line);
        StringBuilder painted = new StringBuilder();
        if (before > 0) {
            painted.append("\033[").append(before).append("A\r\033[J");
        }
        lines.values().forEach(each -> painted.append(each).append('\n'));
        out.print(painted);
    }

    private static String amount(JsonNode detail) {
        long total = detail.path("total").asLong();
        return total <= 0 ? "" : " " + Units.size(detail.path("current").asLong()) + "/" + Units.size(total);
    }
}
