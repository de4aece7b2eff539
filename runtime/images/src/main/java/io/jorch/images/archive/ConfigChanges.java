package io.jorch.images.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.json.Json;
import io.jorch.api.spec.HealthConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An image's configuration while it is put together, also by Dockerfile instructions (Docker's `changes`).
public final class ConfigChanges {
    private String user;
    private final Map<String, Map<String, String>> exposedPorts;
    private final List<String> env;
    private List<String> entrypoint;
    private List<String> cmd;
    private final Map<String, Map<String, String>> volumes;
    private String workingDir;
    private final Map<String, String> labels;
    private String stopSignal;
    private @Nullable HealthConfig healthcheck;
    private final List<String> onBuild;
    private final List<String> shell;

    public ConfigChanges(ImageConfig from) {
        user = from.user();
        exposedPorts = new TreeMap<>(from.exposedPorts());
        env = new ArrayList<>(from.env());
        entrypoint = from.entrypoint();
        cmd = from.cmd();
        volumes = new TreeMap<>(from.volumes());
        workingDir = from.workingDir();
        labels = new TreeMap<>(from.labels());
        stopSignal = from.stopSignal();
        healthcheck = from.healthcheck();
        onBuild = new ArrayList<>(from.onBuild());
        shell = from.shell();
    }

    public ConfigChanges user(String value) {
        user = value;
        return this;
    }

    public ConfigChanges cmd(String... words) {
        cmd = List.of(words);
        return this;
    }

    /// An entrypoint takes the base image's command away, as in a Dockerfile.
    public ConfigChanges entrypoint(String... words) {
        entrypoint = List.of(words);
        cmd = List.of();
        return this;
    }

    public ConfigChanges env(String name, String value) {
        env.removeIf(entry -> entry.startsWith(name + "="));
        env.add(name + "=" + value);
        return this;
    }

    /// @param port `80` or `80/tcp`
    public ConfigChanges expose(String port) {
        if (!port.matches("[0-9]{1,5}(-[0-9]{1,5})?(/(tcp|udp|sctp))?")) {
            throw JorchException.invalid("changes", "EXPOSE " + port + ": is not PORT or PORT/PROTOCOL");
        }
        exposedPorts.put(port.contains("/") ? port : port + "/tcp", Map.of());
        return this;
    }

    public ConfigChanges volume(String path) {
        volumes.put(path, Map.of());
        return this;
    }

    public ConfigChanges workingDir(String path) {
        workingDir = path.startsWith("/") ? path : (workingDir.isEmpty() ? "/" : workingDir + "/") + path;
        return this;
    }

    public ConfigChanges label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    public ConfigChanges stopSignal(String signal) {
        stopSignal = signal;
        return this;
    }

    public ConfigChanges healthcheck(HealthConfig check) {
        healthcheck = check;
        return this;
    }

    /// Applies one instruction, e.g. `CMD ["sleep","1"]` or `ENV A=1 B="2 3"`.
    ///
    /// @throws JorchException INVALID
    public ConfigChanges instruction(String text) {
        String line = text.strip();
        int space = line.indexOf(' ');
        String name = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
        String rest = space < 0 ? "" : line.substring(space).strip();
        if (rest.isEmpty()) {
            throw JorchException.invalid("changes", "'" + line + "': nothing follows " + name);
        }
        switch (name) {
            case "CMD" -> cmd = command(rest);
            case "ENTRYPOINT" -> entrypoint(command(rest).toArray(String[]::new));
            case "ENV" -> pairs(line, rest).forEach(this::env);
            case "LABEL" -> pairs(line, rest).forEach(this::label);
            case "EXPOSE" -> words(line, rest).forEach(this::expose);
            case "VOLUME" -> (rest.startsWith("[") ? command(rest) : words(line, rest)).forEach(this::volume);
            case "USER" -> user(rest);
            case "WORKDIR" -> workingDir(rest);
            case "STOPSIGNAL" -> stopSignal(rest);
            case "ONBUILD" -> onBuild.add(rest);
            default -> throw JorchException.invalid("changes", "'" + line + "': " + name
                    + " is none of CMD, ENTRYPOINT, ENV, EXPOSE, LABEL, ONBUILD, STOPSIGNAL, USER, VOLUME, WORKDIR");
        }
        return this;
    }

    public ImageConfig build() {
        return new ImageConfig(user, exposedPorts, env, entrypoint, cmd, volumes, workingDir, labels, stopSignal,
                healthcheck, onBuild, shell);
    }

    /// A JSON list is run as it is, anything else by a shell.
    private static List<String> command(String rest) {
        if (rest.startsWith("[")) {
            try {
                List<String> words = new ArrayList<>();
                boolean texts = true;
                for (JsonNode word : Json.mapper().readTree(rest)) {
                    texts &= word.isTextual();
                    words.add(word.asText());
                }
                if (texts) {
                    return words;
                }
            } catch (JsonProcessingException noJson) {
                return List.of("/bin/sh", "-c", rest);
            }
        }
        return List.of("/bin/sh", "-c", rest);
    }

    private static Map<String, String> pairs(String line, String rest) {
        Map<String, String> pairs = new TreeMap<>();
        List<String> words = words(line, rest);
        if (!words.getFirst().contains("=")) {
            // The old form: NAME and the rest of the line.
            int space = rest.indexOf(' ');
            if (space < 0) {
                throw JorchException.invalid("changes", "'" + line + "': expected NAME=VALUE");
            }
            return Map.of(rest.substring(0, space), rest.substring(space).strip());
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw JorchException.invalid("changes", "'" + line + "': '" + word + "' is not NAME=VALUE");
            }
            pairs.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return pairs;
    }

    /// Words apart by blanks; quotes and backslashes keep blanks together.
    private static List<String> words(String line, String rest) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < rest.length()) {
                word.append(rest.charAt(++i));
                inWord = true;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw JorchException.invalid("changes", "'" + line + "': a quote is not closed");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
