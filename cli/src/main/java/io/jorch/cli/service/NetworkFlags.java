package io.jorch.cli.service;

import static io.jorch.cli.service.Flag.many;
import static io.jorch.cli.service.Flag.one;

import io.jorch.api.error.JorchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Flags about ports, networks and names.
public final class NetworkFlags {
    private static final String CONTAINER = "TaskTemplate.ContainerSpec.";
    private static final Set<String> PORT_KEYS = Set.of("published", "target", "protocol", "mode", "name");
    private static final Set<String> NETWORK_KEYS = Set.of("name", "alias", "driver-opt");

    private NetworkFlags() {
    }

    static List<Flag> common() {
        return List.of(one("--endpoint-mode", "MODE", "vip (default) or dnsrr", (spec, value) -> spec
                .set("EndpointSpec.Mode", DeployFlags.oneOf("--endpoint-mode", value, "vip", "dnsrr"))));
    }

    static List<Flag> create() {
        return lists("--publish", "-p --publish", "--network", "--dns", "--dns-option", "--dns-search", "--host");
    }

    static List<Flag> update() {
        List<Flag> flags = new ArrayList<>(lists("--publish-add", "--publish-add", "--network-add", "--dns-add",
                "--dns-option-add", "--dns-search-add", "--host-add"));
        flags.add(many("--publish-rm", "PORT", "Remove a published port by its target port", (spec, value) -> spec
                .removeIf("EndpointSpec.Ports", port -> port.path("TargetPort").asText().equals(value.split("/")[0]))));
        flags.add(many("--network-rm", "NETWORK", "Leave a network", (spec, value) -> spec
                .removeIf("TaskTemplate.Networks", network -> network.path("Target").asText().equals(value))));
        flags.add(many("--dns-rm", "IP", "Remove a DNS server", removing(CONTAINER + "DNSConfig.Nameservers")));
        flags.add(many("--dns-option-rm", "OPTION", "Remove a DNS option", removing(CONTAINER + "DNSConfig.Options")));
        flags.add(many("--dns-search-rm", "DOMAIN", "Remove a search domain", removing(CONTAINER + "DNSConfig.Search")));
        flags.add(many("--host-rm", "HOST:IP", "Remove a hosts entry", (spec, value) -> spec
                .removeIf(CONTAINER + "Hosts", entry -> entry.asText().equals(hostsEntry("--host-rm", value)))));
        return flags;
    }

    private static List<Flag> lists(String publish, String publishNames, String network, String dns, String option,
            String search, String host) {
        return List.of(many(publishNames, "PORT", "Publish a port: 8080:80/tcp, or published=,target=,protocol=,mode=",
                (spec, value) -> {
                    for (Map<String, Object> port : ports(publish, value)) {
                        spec.removeIf("EndpointSpec.Ports", old -> same(old, port));
                        spec.add("EndpointSpec.Ports", port);
                    }
                }), many(network, "NETWORK", "Attach to a network: NAME, or name=,alias=", (spec, value) -> spec
                        .add("TaskTemplate.Networks", network(network, value))),
                many(dns, "IP", "DNS server", (spec, value) -> spec.add(CONTAINER + "DNSConfig.Nameservers", value)),
                many(option, "OPTION", "DNS option", (spec, value) -> spec.add(CONTAINER + "DNSConfig.Options", value)),
                many(search, "DOMAIN", "DNS search domain",
                        (spec, value) -> spec.add(CONTAINER + "DNSConfig.Search", value)),
                many(host, "HOST:IP", "Extra line of /etc/hosts",
                        (spec, value) -> spec.add(CONTAINER + "Hosts", hostsEntry(host, value))));
    }

    private static Flag.Effect removing(String list) {
        return (spec, value) -> spec.removeIf(list, entry -> entry.asText().equals(value));
    }

    private static boolean same(com.fasterxml.jackson.databind.JsonNode old, Map<String, Object> port) {
        return old.path("TargetPort").asText().equals(String.valueOf(port.get("TargetPort")))
                && old.path("Protocol").asText().equals(port.get("Protocol"))
                && old.path("PublishedPort").asText().equals(String.valueOf(port.getOrDefault("PublishedPort", "")));
    }

    /// The API wants `IP host`, the flag is `host:ip`.
    private static String hostsEntry(String flag, String value) {
        int colon = value.indexOf(':');
        if (colon <= 0 || colon == value.length() - 1) {
            throw JorchException.invalid(flag, "'" + value + "' is not HOST:IP");
        }
        return value.substring(colon + 1) + " " + value.substring(0, colon);
    }

    private static Map<String, Object> network(String flag, String value) {
        if (!value.contains("=")) {
            return Map.of("Target", value);
        }
        Map<String, String> pairs = Pairs.parse(flag, value, NETWORK_KEYS);
        Map<String, Object> attachment = new LinkedHashMap<>();
        attachment.put("Target", pairs.getOrDefault("name", ""));
        if (pairs.containsKey("alias")) {
            attachment.put("Aliases", List.of(pairs.getOrDefault("alias", "").split("\n")));
        }
        return attachment;
    }

    /// Both forms; a range `8000-8002:80-82` is several ports.
    public static List<Map<String, Object>> ports(String flag, String value) {
        if (value.contains("=")) {
            Map<String, String> pairs = Pairs.parse(flag, value, PORT_KEYS);
            if (!pairs.containsKey("target")) {
                throw JorchException.invalid(flag, "'" + value + "' has no target: say the port in the container");
            }
            return List.of(port(flag, pairs.getOrDefault("published", "0"), pairs.getOrDefault("target", ""),
                    pairs.getOrDefault("protocol", "tcp"), pairs.getOrDefault("mode", "ingress")));
        }
        String[] slash = value.split("/", 2);
        String protocol = slash.length == 2 ? slash[1] : "tcp";
        String[] sides = slash[0].split(":");
        if (sides.length > 2) {
            throw JorchException.invalid(flag, "'" + value + "': a host address can't be given, use PUBLISHED:TARGET");
        }
        int[] target = range(flag, sides[sides.length - 1]);
        int[] published = sides.length == 2 ? range(flag, sides[0]) : new int[]{0, target[1] - target[0]};
        if (published[1] - published[0] != target[1] - target[0]) {
            throw JorchException.invalid(flag, "'" + value + "': the two ranges differ in length");
        }
        List<Map<String, Object>> ports = new ArrayList<>();
        for (int i = 0; i <= target[1] - target[0]; i++) {
            int outside = sides.length == 2 ? published[0] + i : 0;
            ports.add(port(flag, Integer.toString(outside), Integer.toString(target[0] + i), protocol, "ingress"));
        }
        return ports;
    }

    /// @param published 0: chosen by the cluster
    public static Map<String, Object> port(String flag, String published, String target, String protocol,
            String mode) {
        Map<String, Object> port = new LinkedHashMap<>();
        port.put("Protocol", DeployFlags.oneOf(flag + " protocol", protocol, "tcp", "udp", "sctp"));
        port.put("TargetPort", portNumber(flag, target, 1));
        int outside = portNumber(flag, published, 0);
        if (outside > 0) {
            port.put("PublishedPort", outside);
        }
        port.put("PublishMode", DeployFlags.oneOf(flag + " mode", mode, "ingress", "host"));
        return port;
    }

    private static int[] range(String flag, String text) {
        String[] ends = text.split("-", 2);
        int first = portNumber(flag, ends[0], 1);
        int last = ends.length == 2 ? portNumber(flag, ends[1], 1) : first;
        if (last < first) {
            throw JorchException.invalid(flag, "'" + text + "' ends before it begins");
        }
        return new int[]{first, last};
    }

    private static int portNumber(String flag, String text, int least) {
        long number = ContainerFlags.number(flag, text);
        if (number < least || number > 65_535) {
            throw JorchException.invalid(flag, text + " is no port: use 1 to 65535");
        }
        return (int) number;
    }
}
