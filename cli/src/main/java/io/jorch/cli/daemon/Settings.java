package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// A node's settings: flag, else environment, else `jorch.yaml`, else default. Unknown keys in the file are refused.
public final class Settings {
    /// Key → default value. A run folder or socket that is empty follows from the data folder.
    private static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("config", "/etc/jorch/jorch.yaml");
        DEFAULTS.put("data-dir", "/var/lib/jorch");
        DEFAULTS.put("run-dir", "");
        DEFAULTS.put("socket", "");
        DEFAULTS.put("listen-addr", "127.0.0.1:2377");
        DEFAULTS.put("node-name", "");
        DEFAULTS.put("label", "");
        DEFAULTS.put("insecure-registry", "");
        DEFAULTS.put("auto-update-interval", "30s");
        DEFAULTS.put("log-level", "info");
        DEFAULTS.put("log-format", "text");
    }

    private final Map<String, Setting> values;

    private Settings(Map<String, Setting> values) {
        this.values = values;
    }

    public static List<String> keys() {
        return List.copyOf(DEFAULTS.keySet());
    }

    /// @param flags as given on the command line, without their dashes
    /// @throws JorchException INVALID, naming the key and the file
    public static Settings resolve(Map<String, String> flags, Map<String, String> environment) {
        Map<String, Setting> resolved = new LinkedHashMap<>();
        Setting config = pick("config", flags, environment, Map.of(), "");
        Path file = Path.of(config.value());
        Map<String, String> inFile = Files.exists(file) ? read(file) : Map.of();
        if (inFile.isEmpty() && !config.origin().equals("default") && !Files.exists(file)) {
            throw JorchException.invalid("config", "file " + file + " does not exist");
        }
        for (String key : DEFAULTS.keySet()) {
            resolved.put(key, pick(key, flags, environment, inFile, file.toString()));
        }
        return new Settings(resolved);
    }

    private static Setting pick(String key, Map<String, String> flags, Map<String, String> environment,
            Map<String, String> inFile, String file) {
        @Nullable String value = flags.get(key);
        if (value != null) {
            return new Setting(key, value, "flag");
        }
        value = environment.get("JORCH_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
        if (value != null) {
            return new Setting(key, value, "environment");
        }
        value = inFile.get(key);
        if (value != null) {
            return new Setting(key, value, file);
        }
        return new Setting(key, DEFAULTS.getOrDefault(key, ""), "default");
    }

    private static Map<String, String> read(Path file) {
        Object document;
        try {
            document = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
        } catch (YamlEngineException malformed) {
            throw new JorchException(ErrorCode.INVALID, JorchException.describe(malformed), malformed);
        } catch (IOException unreadable) {
            throw new JorchException(ErrorCode.INVALID, "can't read " + file + ": " + unreadable.getMessage(),
                    unreadable);
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (document == null) {
            return values;
        }
        if (!(document instanceof Map<?, ?> map)) {
            throw JorchException.invalid(file.toString(), "must be a mapping of settings");
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (!DEFAULTS.containsKey(key)) {
                throw JorchException.invalid(file + ": " + key,
                        "is no setting: use one of " + String.join(", ", DEFAULTS.keySet()));
            }
            Object value = entry.getValue();
            values.put(key, value instanceof List<?> list
                    ? String.join(",", list.stream().map(String::valueOf).toList())
                    : String.valueOf(value));
        }
        return values;
    }

    public String value(String key) {
        Setting setting = values.get(key);
        if (setting == null) {
            throw new IllegalArgumentException(key + " is no setting");
        }
        return setting.value();
    }

    /// A comma-separated value as a list, without empty members.
    public List<String> list(String key) {
        List<String> members = new ArrayList<>();
        for (String member : value(key).split(",")) {
            if (!member.isBlank()) {
                members.add(member.strip());
            }
        }
        return members;
    }

    public List<Setting> all() {
        return List.copyOf(values.values());
    }
}
