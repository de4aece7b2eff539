package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.cli.service.SpecEditor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A Compose file as what Docker's `stack deploy` makes of it: networks and service specs, named `STACK_name` and
/// labelled `com.docker.stack.namespace`. Pure. What a key can't do is an error or a warning that says where it stands.
///
/// @param networks bodies of `POST /networks/create`, by name
/// @param services specs, by their name in the file
/// @param external networks that must exist
/// @param warnings keys that have no effect
record ComposeFile(Map<String, Map<String, Object>> networks, Map<String, ObjectNode> services, List<String> external,
        List<String> warnings) {
    static final String NAMESPACE = "com.docker.stack.namespace";

    /// @param folder that relative paths start from
    /// @throws io.jorch.api.error.JorchException INVALID, with file, line and column
    static ComposeFile of(String stack, Entry root, java.nio.file.Path folder, Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        Map<String, Entry> top = root.map();
        Map<String, Entry> services = Map.of();
        Map<String, Entry> networks = new LinkedHashMap<>();
        Map<String, Entry> volumes = Map.of();
        for (Map.Entry<String, Entry> member : top.entrySet()) {
            Entry value = member.getValue();
            switch (member.getKey()) {
                case "services" -> services = value.map();
                case "networks" -> networks.putAll(value.map());
                case "volumes" -> volumes = value.map();
                case "name" -> warnings.add(value.place() + ": has no effect, the stack is named by the command");
                case "version" -> value.text();
                case "secrets", "configs" -> {
                    if (!value.map().isEmpty()) {
                        throw value.wrong(member.getKey() + " are not in this version of jorch: remove them");
                    }
                }
                default -> {
                    if (!member.getKey().startsWith("x-")) {
                        throw value.wrong("is no key that jorch knows: remove it");
                    }
                }
            }
        }
        if (services.isEmpty()) {
            throw root.wrong("has no services");
        }
        Names names = new Names(stack, networks, volumes, folder, environment, warnings);
        Map<String, ObjectNode> specs = new LinkedHashMap<>();
        services.forEach((name, service) -> {
            SpecEditor spec = new SpecEditor(io.jorch.api.json.Json.mapper().createObjectNode());
            new ComposeService(name, service, names, spec).convert();
            specs.put(name, spec.json());
        });
        Map<String, Map<String, Object>> wanted = new LinkedHashMap<>();
        List<String> external = new ArrayList<>();
        for (String used : names.usedNetworks()) {
            Entry declared = networks.get(used);
            Map<String, Object> body = network(stack, declared);
            if (body.isEmpty()) {
                external.add(names.network(used));
            } else {
                body.put("Name", names.network(used));
                wanted.put(names.network(used), body);
            }
        }
        return new ComposeFile(wanted, specs, external, List.copyOf(warnings));
    }

    /// @return empty: the network is external
    private static Map<String, Object> network(String stack, @org.jspecify.annotations.Nullable Entry declared) {
        Map<String, Object> body = new LinkedHashMap<>();
        Map<String, Object> labels = new LinkedHashMap<>();
        body.put("Driver", "overlay");
        body.put("Labels", labels);
        for (Map.Entry<String, Entry> member : (declared == null ? Map.<String, Entry>of() : declared.map()).entrySet()) {
            Entry value = member.getValue();
            switch (member.getKey()) {
                case "external" -> {
                    if (value.isMap() || value.truth()) {
                        return Map.of();
                    }
                }
                case "name" -> value.text();
                case "driver" -> body.put("Driver", value.text());
                case "driver_opts" -> body.put("Options", plain(value.pairs()));
                case "internal" -> body.put("Internal", value.truth());
                case "attachable" -> body.put("Attachable", value.truth());
                case "labels" -> labels.putAll(plain(value.pairs()));
                case "ipam" -> body.put("IPAM", ipam(value));
                default -> {
                    if (!member.getKey().startsWith("x-")) {
                        throw value.wrong("is no key of a network that jorch knows: remove it");
                    }
                }
            }
        }
        labels.put(NAMESPACE, stack);
        return body;
    }

    private static Map<String, Object> ipam(Entry ipam) {
        List<Map<String, String>> configs = new ArrayList<>();
        ipam.map().forEach((key, value) -> {
            switch (key) {
                case "driver" -> value.text();
                case "config" -> value.list().forEach(each -> {
                    Map<String, String> config = new LinkedHashMap<>();
                    each.map().forEach((name, text) -> config.put(switch (name) {
                        case "subnet" -> "Subnet";
                        case "gateway" -> "Gateway";
                        case "ip_range" -> "IPRange";
                        default -> throw text.wrong("is no key of an address pool that jorch knows");
                    }, text.text()));
                    configs.add(config);
                });
                default -> throw value.wrong("is no key of ipam that jorch knows");
            }
        });
        return Map.of("Config", configs);
    }

    static Map<String, String> plain(Map<String, Optional<String>> pairs) {
        Map<String, String> plain = new LinkedHashMap<>();
        pairs.forEach((key, value) -> plain.put(key, value.orElse("")));
        return plain;
    }
}
