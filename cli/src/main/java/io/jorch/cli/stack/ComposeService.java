package io.jorch.cli.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.json.Json;
import io.jorch.cli.render.Units;
import io.jorch.cli.service.ContainerFlags;
import io.jorch.cli.service.NetworkFlags;
import io.jorch.cli.service.SpecEditor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One service of a Compose file as a service spec. What stands under `deploy` is [ComposeDeploy]'s.
final class ComposeService {
    private static final String CONTAINER = "TaskTemplate.ContainerSpec.";
    /// Keys that a stack has no use for (docker/cli, `compose/types`, `UnsupportedProperties`): Docker ignores them too.
    private static final Set<String> NO_EFFECT = Set.of("build", "cgroupns_mode", "cgroup_parent", "container_name",
            "depends_on", "devices", "domainname", "expose", "external_links", "ipc", "links", "mac_address",
            "network_mode", "pid", "privileged", "profiles", "pull_policy", "restart", "security_opt", "shm_size",
            "userns_mode");

    private final String name;
    private final Entry service;
    private final Names names;
    private final SpecEditor spec;

    ComposeService(String name, Entry service, Names names, SpecEditor spec) {
        this.name = name;
        this.service = service;
        this.names = names;
        this.spec = spec;
    }

    void convert() {
        Map<String, Entry> members = service.map();
        Entry image = members.get("image");
        if (image == null) {
            throw service.wrong("has no image");
        }
        spec.set("Name", names.stack() + "_" + name);
        spec.set(CONTAINER + "Image", image.text());
        members.forEach(this::member);
        spec.put("Labels", ComposeFile.NAMESPACE, names.stack());
        spec.put("Labels", "com.docker.stack.image", image.text());
        spec.put(CONTAINER + "Labels", ComposeFile.NAMESPACE, names.stack());
        if (!members.containsKey("networks")) {
            attach("default", List.of(), service);
        }
    }

    private void member(String key, Entry value) {
        switch (key) {
            case "image" -> value.text();
            case "command" -> words("Args", value);
            case "entrypoint" -> words("Command", value);
            case "environment" -> value.pairs().forEach(this::variable);
            case "ports" -> value.list().forEach(this::port);
            case "networks" -> networks(value);
            case "healthcheck" -> healthcheck(value);
            case "labels" -> value.pairs().forEach((label, text) -> spec.put(CONTAINER + "Labels", label, text.orElse("")));
            case "deploy" -> new ComposeDeploy(value, spec).convert();
            case "volumes" -> value.list().forEach(each -> spec.add(CONTAINER + "Mounts", ComposeMount.of(each, names)));
            case "tmpfs" -> value.texts().forEach(target -> spec.add(CONTAINER + "Mounts",
                    ComposeMount.tmpfs(target, value)));
            case "user" -> spec.set(CONTAINER + "User", value.text());
            case "working_dir" -> spec.set(CONTAINER + "Dir", value.text());
            case "hostname" -> spec.set(CONTAINER + "Hostname", value.text());
            case "init" -> spec.set(CONTAINER + "Init", value.truth());
            case "read_only" -> spec.set(CONTAINER + "ReadOnly", value.truth());
            case "tty" -> spec.set(CONTAINER + "TTY", value.truth());
            case "stdin_open" -> spec.set(CONTAINER + "OpenStdin", value.truth());
            case "oom_score_adj" -> spec.set(CONTAINER + "OomScoreAdj", value.number());
            case "group_add" -> spec.set(CONTAINER + "Groups", value.texts());
            case "cap_add" -> spec.set(CONTAINER + "CapabilityAdd", capabilities(value));
            case "cap_drop" -> spec.set(CONTAINER + "CapabilityDrop", capabilities(value));
            case "sysctls" -> value.pairs().forEach((parameter, text) -> spec.put(CONTAINER + "Sysctls", parameter,
                    text.orElse("")));
            case "ulimits" -> value.map().forEach(this::ulimit);
            case "stop_grace_period" -> spec.set(CONTAINER + "StopGracePeriod",
                    Units.parseDuration(value.place(), value.text()));
            case "stop_signal" -> spec.set(CONTAINER + "StopSignal", value.text());
            case "dns" -> spec.set(CONTAINER + "DNSConfig.Nameservers", value.texts());
            case "dns_search" -> spec.set(CONTAINER + "DNSConfig.Search", value.texts());
            case "dns_opt" -> spec.set(CONTAINER + "DNSConfig.Options", value.texts());
            case "extra_hosts" -> hosts(value);
            case "logging" -> logging(value);
            case "secrets", "configs" -> throw value.wrong(key + " are not in this version of jorch: remove them");
            default -> {
                if (NO_EFFECT.contains(key)) {
                    names.warn(value, "has no effect in a stack");
                } else if (!key.startsWith("x-")) {
                    throw value.wrong("is no key of a service that jorch knows: remove it");
                }
            }
        }
    }

    private void words(String field, Entry value) {
        if (!value.isNull()) {
            spec.set(CONTAINER + field, value.isText() ? ContainerFlags.words(value.text()) : value.texts());
        }
    }

    /// A variable without a value is the shell's; one that the shell hasn't is left out.
    private void variable(String variable, Optional<String> value) {
        String text = value.orElse(names.environment().get(variable));
        if (text != null) {
            spec.add(CONTAINER + "Env", variable + "=" + text);
        }
    }

    private void port(Entry port) {
        if (!port.isMap()) {
            NetworkFlags.ports(port.place(), port.text()).forEach(each -> spec.add("EndpointSpec.Ports", each));
            return;
        }
        Map<String, String> given = new LinkedHashMap<>(Map.of("published", "0", "protocol", "tcp", "mode", "ingress"));
        String portName = "";
        for (Map.Entry<String, Entry> member : port.map().entrySet()) {
            switch (member.getKey()) {
                case "target", "published", "protocol", "mode" -> given.put(member.getKey(), member.getValue().text());
                case "name" -> portName = member.getValue().text();
                case "app_protocol" -> names.warn(member.getValue(), "has no effect");
                default -> throw member.getValue().wrong("is no key of a port that jorch knows");
            }
        }
        if (!given.containsKey("target")) {
            throw port.wrong("has no target: say the port in the container");
        }
        Map<String, Object> wish = NetworkFlags.port(port.place(), given.getOrDefault("published", "0"),
                given.getOrDefault("target", ""), given.getOrDefault("protocol", "tcp"),
                given.getOrDefault("mode", "ingress"));
        if (!portName.isEmpty()) {
            wish.put("Name", portName);
        }
        spec.add("EndpointSpec.Ports", wish);
    }

    private void networks(Entry value) {
        if (!value.isMap()) {
            value.list().forEach(each -> attach(each.text(), List.of(), each));
            return;
        }
        value.map().forEach((network, options) -> {
            List<String> aliases = new ArrayList<>();
            options.map().forEach((key, option) -> {
                switch (key) {
                    case "aliases" -> aliases.addAll(option.texts());
                    case "priority", "gw_priority" -> names.warn(option, "has no effect");
                    default -> throw option.wrong("is no key of a service's network that jorch knows");
                }
            });
            attach(network, aliases, options);
        });
    }

    private void attach(String network, List<String> aliases, Entry at) {
        List<String> all = new ArrayList<>(List.of(name));
        all.addAll(aliases);
        spec.add("TaskTemplate.Networks", Map.of("Target", names.use(network, at), "Aliases", all));
    }

    private void healthcheck(Entry value) {
        ObjectNode check = Json.mapper().createObjectNode();
        value.map().forEach((key, option) -> {
            switch (key) {
                case "test" -> check.set("Test", Json.mapper().valueToTree(option.isText()
                        ? List.of("CMD-SHELL", option.text())
                        : option.texts()));
                case "interval" -> check.put("Interval", Units.parseDuration(option.place(), option.text()));
                case "timeout" -> check.put("Timeout", Units.parseDuration(option.place(), option.text()));
                case "start_period" -> check.put("StartPeriod", Units.parseDuration(option.place(), option.text()));
                case "start_interval" -> check.put("StartInterval", Units.parseDuration(option.place(), option.text()));
                case "retries" -> check.put("Retries", option.number());
                case "disable" -> {
                    if (option.truth()) {
                        check.set("Test", Json.mapper().valueToTree(List.of("NONE")));
                    }
                }
                default -> throw option.wrong("is no key of a healthcheck that jorch knows");
            }
        });
        spec.set(CONTAINER + "Healthcheck", check);
    }

    private static List<String> capabilities(Entry value) {
        return value.texts().stream().map(text -> text.toUpperCase(java.util.Locale.ROOT))
                .map(text -> text.equals("ALL") || text.startsWith("CAP_") ? text : "CAP_" + text).toList();
    }

    private void ulimit(String limit, Entry value) {
        long soft = value.isMap() ? member(value, "soft") : value.number();
        long hard = value.isMap() ? member(value, "hard") : soft;
        spec.add(CONTAINER + "Ulimits", Map.of("Name", limit, "Soft", soft, "Hard", hard));
    }

    private static long member(Entry value, String key) {
        Entry member = value.map().get(key);
        if (member == null) {
            throw value.wrong("has no " + key);
        }
        return member.number();
    }

    /// `host:ip` or `host=ip` in the file, `ip host` in the API.
    private void hosts(Entry value) {
        if (value.isMap()) {
            value.map().forEach((host, address) -> spec.add(CONTAINER + "Hosts", address.text() + " " + host));
            return;
        }
        for (Entry each : value.list()) {
            String[] parts = each.text().split("[:=]", 2);
            if (parts.length < 2) {
                throw each.wrong("'" + each.text() + "' is not HOST:IP");
            }
            spec.add(CONTAINER + "Hosts", parts[1] + " " + parts[0]);
        }
    }

    private void logging(Entry value) {
        value.map().forEach((key, option) -> {
            switch (key) {
                case "driver" -> spec.set("TaskTemplate.LogDriver.Name", option.text());
                case "options" -> spec.set("TaskTemplate.LogDriver.Options", ComposeFile.plain(option.pairs()));
                default -> throw option.wrong("is no key of logging that jorch knows");
            }
        });
    }
}
