package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A container's environment, as Docker makes it (`container/env.go`): PATH, HOSTNAME and TERM as defaults, over them
/// the image's, over them the spec's; a spec's entry without `=` takes the variable away.
final class Environment {
    /// Docker's default for Linux (`oci/defaults.go`).
    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private Environment() {
    }

    /// @param home of the user, from the image's passwd; used when nobody sets HOME
    /// @return `NAME=value`, each name once
    static List<String> of(List<String> spec, List<String> image, String hostname, String home, boolean terminal) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", DEFAULT_PATH);
        variables.put("HOSTNAME", hostname);
        if (terminal) {
            variables.put("TERM", "xterm");
        }
        image.stream().filter(entry -> entry.indexOf('=') > 0).forEach(entry -> set(variables, entry));
        spec.forEach(entry -> set(variables, checked(entry)));
        variables.putIfAbsent("HOME", home);
        List<String> entries = new ArrayList<>();
        variables.forEach((name, value) -> entries.add(name + "=" + value));
        return List.copyOf(entries);
    }

    private static void set(Map<String, String> variables, String entry) {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            variables.remove(entry);
        } else {
            variables.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
    }

    private static String checked(String entry) {
        if (entry.isEmpty() || entry.startsWith("=") || entry.indexOf('\0') >= 0) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec.Env",
                    "'" + entry.replace('\0', '?') + "' is not NAME=value");
        }
        return entry;
    }
}
