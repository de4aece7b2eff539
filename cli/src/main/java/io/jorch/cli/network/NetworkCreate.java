package io.jorch.cli.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `jorch network create`.
@Command(name = "create", description = "Create an overlay network")
final class NetworkCreate implements Callable<Integer> {
    @Option(names = {"-d", "--driver"}, paramLabel = "DRIVER", description = "overlay, the only one")
    private String driver = "overlay";

    @Option(names = "--subnet", paramLabel = "CIDR", description = "Its addresses (default: chosen)")
    private String subnet = "";

    @Option(names = "--gateway", paramLabel = "IP", description = "Its gateway (default: chosen)")
    private String gateway = "";

    @Option(names = "--ip-range", paramLabel = "CIDR", description = "Part of the subnet that tasks get addresses from")
    private String range = "";

    @Option(names = "--internal", description = "No way out")
    private boolean internal;

    @Option(names = "--attachable", description = "Single containers may join it")
    private boolean attachable;

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "Label")
    private List<String> labels = List.of();

    @Option(names = {"-o", "--opt"}, paramLabel = "KEY=VALUE", description = "Driver option, e.g. encrypted")
    private List<String> options = List.of();

    @Parameters(paramLabel = "NAME")
    private String name = "";

    private final Connection connection;

    NetworkCreate(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        if ((!gateway.isEmpty() || !range.isEmpty()) && subnet.isEmpty()) {
            throw JorchException.invalid("--subnet", "is needed with --gateway and --ip-range");
        }
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("Name", name);
        wish.put("Driver", driver);
        wish.put("Internal", internal);
        wish.put("Attachable", attachable);
        wish.put("Labels", pairs(labels));
        wish.put("Options", pairs(options));
        if (!subnet.isEmpty()) {
            wish.put("IPAM", Map.of("Config", List.of(Map.of("Subnet", subnet, "Gateway", gateway, "IPRange", range))));
        }
        JsonNode answer = connection.client().post(EngineClient.call("/networks/create"), wish);
        connection.out().println(answer.path("Id").asText());
        return 0;
    }

    private static Map<String, String> pairs(List<String> texts) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            pairs.put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
        }
        return pairs;
    }
}
