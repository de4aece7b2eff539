package io.jorch.cli.daemon;

import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The daemon's log on stderr, one line a record: `time level logger message`, or JSON.
final class DaemonLog {
    private DaemonLog() {
    }

    static void configure(String level, String format) {
        Level least = switch (level.toLowerCase(Locale.ROOT)) {
            case "debug" -> Level.FINE;
            case "info" -> Level.INFO;
            case "warn" -> Level.WARNING;
            case "error" -> Level.SEVERE;
            default -> throw JorchException.invalid("log-level", "'" + level + "': use debug, info, warn or error");
        };
        if (!format.equals("text") && !format.equals("json")) {
            throw JorchException.invalid("log-format", "'" + format + "': use text or json");
        }
        LogManager.getLogManager().reset();
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new Line(format.equals("json")));
        handler.setLevel(Level.ALL);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.WARNING);
        // Kept, or the collector would take the level with the logger.
        OURS.setLevel(least);
    }

    private static final Logger OURS = Logger.getLogger("io.jorch");

    private static final class Line extends Formatter {
        private final boolean json;

        Line(boolean json) {
            this.json = json;
        }

        @Override
        public String format(LogRecord record) {
            String name = record.getLoggerName() == null ? "" : record.getLoggerName();
            String logger = name.substring(name.lastIndexOf('.') + 1);
            String message = formatMessage(record).replace('\n', ' ');
            if (!json) {
                return record.getInstant() + " level=" + level(record) + " logger=" + logger + " " + message
                        + trace(record) + "\n";
            }
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("time", record.getInstant().toString());
            fields.put("level", level(record));
            fields.put("logger", logger);
            fields.put("message", message + trace(record));
            return new String(Json.write(fields), StandardCharsets.UTF_8) + "\n";
        }

        private static String level(LogRecord record) {
            int value = record.getLevel().intValue();
            return value >= Level.SEVERE.intValue() ? "error"
                    : value >= Level.WARNING.intValue() ? "warn" : value >= Level.INFO.intValue() ? "info" : "debug";
        }

        private static String trace(LogRecord record) {
            if (record.getThrown() == null) {
                return "";
            }
            StringWriter text = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(text));
            return " trace=\"" + text.toString().strip().replace("\n", " | ").replace("\t", "") + "\"";
        }
    }
}
