package io.jorch.cli.service;

import static io.jorch.cli.service.Flag.flag;
import static io.jorch.cli.service.Flag.many;
import static io.jorch.cli.service.Flag.one;

import io.jorch.api.error.JorchException;
import io.jorch.cli.render.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Flags that shape the container of a task.
public final class ContainerFlags {
    private static final String CONTAINER = "TaskTemplate.ContainerSpec.";

    private ContainerFlags() {
    }

    /// Flags with the same name in `create` and `update`.
    static List<Flag> common() {
        return List.of(
                one("--hostname", "NAME", "Container hostname", (spec, value) -> spec.set(CONTAINER + "Hostname", value)),
                one("-w --workdir", "DIR", "Working directory in the container",
                        (spec, value) -> spec.set(CONTAINER + "Dir", value)),
                one("-u --user", "USER", "User name or uid, with an optional :group",
                        (spec, value) -> spec.set(CONTAINER + "User", value)),
                one("--stop-signal", "SIGNAL", "Signal that asks the container to stop",
                        (spec, value) -> spec.set(CONTAINER + "StopSignal", value)),
                one("--stop-grace-period", "DURATION", "Time between the stop signal and the kill (default 10s)",
                        (spec, value) -> spec.set(CONTAINER + "StopGracePeriod",
                                Units.parseDuration("--stop-grace-period", value))),
                one("--entrypoint", "COMMAND", "Overwrite the image's ENTRYPOINT",
                        (spec, value) -> spec.set(CONTAINER + "Command", words(value))),
                flag("--init", "Run an init that forwards signals and reaps processes",
                        (spec, value) -> spec.set(CONTAINER + "Init", bool("--init", value))),
                flag("--read-only", "Mount the root file system read-only",
                        (spec, value) -> spec.set(CONTAINER + "ReadOnly", bool("--read-only", value))),
                flag("-t --tty", "Allocate a pseudo-terminal",
                        (spec, value) -> spec.set(CONTAINER + "TTY", bool("--tty", value))),
                one("--oom-score-adj", "N", "The kernel's out-of-memory preference, -1000 to 1000",
                        (spec, value) -> spec.set(CONTAINER + "OomScoreAdj", number("--oom-score-adj", value))),
                many("--cap-add", "CAPABILITY", "Add a Linux capability",
                        (spec, value) -> capability(spec, value, "CapabilityAdd", "CapabilityDrop")),
                many("--cap-drop", "CAPABILITY", "Drop a Linux capability",
                        (spec, value) -> capability(spec, value, "CapabilityDrop", "CapabilityAdd")));
    }

    static List<Flag> create() {
        return List.of(
                many("-e --env", "NAME=VALUE", "Environment variable; NAME alone takes the shell's value",
                        ContainerFlags::env),
                many("--env-file", "FILE", "File of environment variables", ContainerFlags::envFile),
                many("--container-label", "KEY=VALUE", "Container label", (spec, value) -> put(spec,
                        "--container-label", CONTAINER + "Labels", value)),
                many("--group", "GROUP", "Supplementary group", (spec, value) -> spec.add(CONTAINER + "Groups", value)),
                many("--mount", "MOUNT", "Mount: type=volume|tmpfs,source=,target=,readonly",
                        (spec, value) -> spec.add(CONTAINER + "Mounts", MountFlag.parse("--mount", value))),
                many("--sysctl", "KEY=VALUE", "Namespaced kernel parameter",
                        (spec, value) -> put(spec, "--sysctl", CONTAINER + "Sysctls", value)),
                many("--ulimit", "NAME=SOFT[:HARD]", "Resource limit", ContainerFlags::ulimit));
    }

    static List<Flag> update() {
        return List.of(
                many("--env-add", "NAME=VALUE", "Add or change an environment variable", ContainerFlags::env),
                many("--env-rm", "NAME", "Remove an environment variable",
                        (spec, value) -> spec.removeIf(CONTAINER + "Env",
                                entry -> entry.asText().equals(value) || entry.asText().startsWith(value + "="))),
                many("--container-label-add", "KEY=VALUE", "Add or change a container label",
                        (spec, value) -> put(spec, "--container-label-add", CONTAINER + "Labels", value)),
                many("--container-label-rm", "KEY", "Remove a container label",
                        (spec, value) -> spec.removeKey(CONTAINER + "Labels", value)),
                many("--group-add", "GROUP", "Add a supplementary group",
                        (spec, value) -> spec.add(CONTAINER + "Groups", value)),
                many("--group-rm", "GROUP", "Remove a supplementary group",
                        (spec, value) -> spec.removeIf(CONTAINER + "Groups", group -> group.asText().equals(value))),
                many("--mount-add", "MOUNT", "Add or change a mount", (spec, value) -> {
                    Map<String, Object> mount = MountFlag.parse("--mount-add", value);
                    spec.removeIf(CONTAINER + "Mounts",
                            old -> old.path("Target").asText().equals(mount.get("Target")));
                    spec.add(CONTAINER + "Mounts", mount);
                }),
                many("--mount-rm", "TARGET", "Remove a mount by its target",
                        (spec, value) -> spec.removeIf(CONTAINER + "Mounts",
                                mount -> mount.path("Target").asText().equals(value))),
                many("--sysctl-add", "KEY=VALUE", "Add or change a kernel parameter",
                        (spec, value) -> put(spec, "--sysctl-add", CONTAINER + "Sysctls", value)),
                many("--sysctl-rm", "KEY", "Remove a kernel parameter",
                        (spec, value) -> spec.removeKey(CONTAINER + "Sysctls", value)),
                many("--ulimit-add", "NAME=SOFT[:HARD]", "Add or change a resource limit", ContainerFlags::ulimit),
                many("--ulimit-rm", "NAME", "Remove a resource limit",
                        (spec, value) -> spec.removeIf(CONTAINER + "Ulimits",
                                limit -> limit.path("Name").asText().equals(value))));
    }

    private static void env(SpecEditor spec, String value) {
        String entry = value;
        if (!value.contains("=")) {
            String inherited = System.getenv(value);
            if (inherited == null) {
                return;
            }
            entry = value + "=" + inherited;
        }
        String name = entry.substring(0, entry.indexOf('=') + 1);
        spec.removeIf(CONTAINER + "Env", old -> old.asText().startsWith(name));
        spec.add(CONTAINER + "Env", entry);
    }

    private static void envFile(SpecEditor spec, String file) {
        try {
            for (String line : Files.readAllLines(Path.of(file))) {
                if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                    env(spec, line.stripLeading());
                }
            }
        } catch (IOException unreadable) {
            throw JorchException.invalid("--env-file", "can't read " + file + ": " + unreadable.getMessage());
        }
    }

    private static void ulimit(SpecEditor spec, String value) {
        Map.Entry<String, String> pair = Pairs.keyValue("--ulimit", value);
        String[] limits = pair.getValue().split(":", 2);
        long soft = number("--ulimit", limits[0]);
        long hard = limits.length == 2 ? number("--ulimit", limits[1]) : soft;
        spec.removeIf(CONTAINER + "Ulimits", old -> old.path("Name").asText().equals(pair.getKey()));
        spec.add(CONTAINER + "Ulimits", Map.of("Name", pair.getKey(), "Soft", soft, "Hard", hard));
    }

    /// Adding what was dropped before undoes the drop, and the other way round.
    private static void capability(SpecEditor spec, String value, String list, String opposite) {
        String upper = value.toUpperCase(java.util.Locale.ROOT);
        String name = upper.startsWith("CAP_") || upper.equals("ALL") ? upper : "CAP_" + upper;
        int before = spec.get(CONTAINER + opposite).size();
        spec.removeIf(CONTAINER + opposite, old -> old.asText().equals(name));
        if (spec.get(CONTAINER + opposite).size() == before) {
            spec.removeIf(CONTAINER + list, old -> old.asText().equals(name));
            spec.add(CONTAINER + list, name);
        }
    }

    static void put(SpecEditor spec, String flag, String path, String value) {
        Map.Entry<String, String> pair = Pairs.keyValue(flag, value);
        spec.put(path, pair.getKey(), pair.getValue());
    }

    static boolean bool(String flag, String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw JorchException.invalid(flag, "'" + value + "' is neither true nor false");
        };
    }

    static long number(String flag, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException wrong) {
            throw JorchException.invalid(flag, "'" + value + "' is no whole number");
        }
    }

    /// Words as a shell splits them: quotes keep spaces.
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quote != 0) {
                if (next == quote) {
                    quote = 0;
                } else {
                    word.append(next);
                }
            } else if (next == '\'' || next == '"') {
                quote = next;
                inWord = true;
            } else if (Character.isWhitespace(next)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(next);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
