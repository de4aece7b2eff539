package io.jorch.cli.system;

import io.jorch.cli.client.EngineClient;
import io.jorch.cli.command.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `jorch init`: makes a cluster with this node as its first manager.
@Command(name = "init", description = "Make a cluster with this node as its first manager")
public final class InitCommand implements Callable<Integer> {
    @Option(names = "--advertise-addr", paramLabel = "ADDRESS[:PORT]", description = "Address that other nodes reach this one at")
    private String advertise = "";

    @Option(names = "--listen-addr", paramLabel = "ADDRESS[:PORT]", description = "Address to listen at")
    private String listen = "";

    @Option(names = "--data-path-port", paramLabel = "PORT", description = "UDP port of overlay networks (default 4789)")
    private int dataPathPort;

    @Option(names = "--default-addr-pool", paramLabel = "CIDR", description = "Range that networks are cut from")
    private List<String> pools = List.of();

    @Option(names = "--default-addr-pool-mask-length", paramLabel = "BITS", description = "Prefix length of networks (default 24)")
    private int subnetSize;

    @Option(names = "--availability", paramLabel = "WHICH", description = "active (default), pause or drain")
    private String availability = "";

    private final Connection connection;

    public InitCommand(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Integer call() {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("AdvertiseAddr", advertise);
        wish.put("ListenAddr", listen);
        wish.put("DataPathPort", dataPathPort);
        wish.put("DefaultAddrPool", pools);
        wish.put("SubnetSize", subnetSize);
        wish.put("Availability", availability);
        String node = connection.client().post(EngineClient.call("/swarm/init"), wish).asText();
        connection.out().println("Cluster initialized: this node (" + node + ") is its manager.");
        connection.out().println();
        connection.out().println("Next: jorch service create --name web --publish 8080:80 nginx");
        return 0;
    }
}
