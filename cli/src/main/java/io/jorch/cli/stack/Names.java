package io.jorch.cli.stack;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the names in a file mean in the cluster, and which networks are used. Filled while services are converted.
final class Names {
    private final String stack;
    private final Map<String, Entry> networks;
    private final Map<String, Entry> volumes;
    private final Path folder;
    private final Map<String, String> environment;
    private final List<String> warnings;
    private final Set<String> used = new LinkedHashSet<>();

    Names(String stack, Map<String, Entry> networks, Map<String, Entry> volumes, Path folder,
            Map<String, String> environment, List<String> warnings) {
        this.stack = stack;
        this.networks = networks;
        this.volumes = volumes;
        this.folder = folder;
        this.environment = environment;
        this.warnings = warnings;
    }

    String stack() {
        return stack;
    }

    Map<String, String> environment() {
        return environment;
    }

    Path folder() {
        return folder;
    }

    void warn(Entry at, String problem) {
        warnings.add(at.place() + ": " + problem);
    }

    /// Notes that a network is used.
    ///
    /// @param at where, for the complaint that it isn't declared
    String use(String name, Entry at) {
        if (!name.equals("default") && !networks.containsKey(name)) {
            throw at.wrong("network " + name + " is not declared under networks");
        }
        used.add(name);
        return network(name);
    }

    Set<String> usedNetworks() {
        return used;
    }

    String network(String name) {
        return real(networks.get(name), name);
    }

    /// @param at where, for the complaint that it isn't declared
    String volume(String name, Entry at) {
        if (!volumes.containsKey(name)) {
            throw at.wrong("volume " + name + " is not declared under volumes");
        }
        return real(volumes.get(name), name);
    }

    private String real(@Nullable Entry declared, String name) {
        Map<String, Entry> members = declared == null ? Map.of() : declared.map();
        Entry own = members.get("name");
        Entry external = members.get("external");
        if (external != null && external.isMap()) {
            own = external.map().getOrDefault("name", own);
        }
        if (own != null) {
            return own.text();
        }
        return external != null && (external.isMap() || external.truth()) ? name : stack + "_" + name;
    }
}
