package io.jorch.net;

import io.jorch.net.space.Namespaces;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/// Two namespaces of the test's own: one that acts as the host's, and beyond its `up0` one that is the outside world.
/// The machine's own namespace is never touched.
///
/// - host: `up0` 192.0.2.1/24, default route to 192.0.2.2
/// - outside: `down0` 192.0.2.2/24, and 198.51.100.7 on `lo` as a place far away; no route to any task
public final class NetworkBed implements AutoCloseable {
    static final String HOST_ADDRESS = "192.0.2.1";
    static final String OUTSIDE_ADDRESS = "192.0.2.2";
    static final String FAR_ADDRESS = "198.51.100.7";

    private final Path folder;
    private final List<Server> servers = new ArrayList<>();

    NetworkBed(Path folder) {
        this.folder = folder;
        make("host");
        make("outside");
        shell(host(), "ip link set lo up; ip link add up0 type veth peer name down0 netns " + outside()
                + "; ip addr add 192.0.2.1/24 dev up0; ip link set up0 up; ip route add default via 192.0.2.2");
        shell(outside(), "ip link set lo up; ip addr add 192.0.2.2/24 dev down0; ip link set down0 up; "
                + "ip addr add 198.51.100.7/32 dev lo");
    }

    Path host() {
        return folder.resolve("bed-host");
    }

    Path outside() {
        return folder.resolve("bed-outside");
    }

    /// The RUN folder of a daemon.
    Path run(String node) {
        return folder.resolve("run-" + node);
    }

    NodeNetworkSettings settings(String node) {
        return settings(folder, node);
    }

    static NodeNetworkSettings settings(Path folder, String node) {
        return new NodeNetworkSettings(new NodeNames(node), folder.resolve("run-" + node).resolve("netns"),
                folder.resolve("bed-host"), folder.resolve("resolv.conf"), new TreeSet<>(Set.of(2377)), false, 1500,
                1450);
    }

    <T> T in(Path namespace, Callable<T> work) {
        return NamespaceThread.run(namespace, NamespaceCalls.CLONE_NEWNET, work);
    }

    /// Starts a server that ends with the bed.
    Server serve(Path namespace, String name, String address, int port) {
        Server server = Server.start(this, namespace, name, address, port);
        servers.add(server);
        return server;
    }

    /// Runs a shell line in the namespace and answers what it wrote; fails when it fails.
    String shell(Path namespace, String line) {
        try {
            Process process = new ProcessBuilder(List.of("nsenter", "--net=" + namespace, "sh", "-ec", line))
                    .redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line + ": " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new IllegalStateException(line, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(line, interrupted);
        }
    }

    /// What a leak would add to: links and addresses, routes, tables, and files bound to namespaces.
    Map<String, String> inventory(String node) {
        return Map.of("links", shell(host(), "ip -br link | awk '{print $1}' | sort"), "addresses",
                shell(host(), "ip -4 -o addr | awk '{print $2, $4}' | sort"), "routes", shell(host(), "ip route"),
                "tables", shell(host(), "nft list tables"), "forwarding",
                shell(host(), "cat /proc/sys/net/ipv4/ip_forward /proc/sys/net/ipv4/conf/up0/forwarding"), "files",
                files(run(node).resolve("netns")));
    }

    /// Takes away all that is bound below the folder.
    @Override
    public void close() {
        for (Server server : servers) {
            server.close();
        }
        NamespaceThread.runFresh(() -> {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Namespaces.remove(file);
                }
            }
            return true;
        });
    }

    private static String files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return "[]";
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::getFileName).map(Path::toString).sorted().toList().toString();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void make(String name) {
        NamespaceThread.runFresh(() -> {
            try (Namespaces namespaces = new Namespaces(NodeNetworkSettings.OWN_NAMESPACE)) {
                namespaces.create(folder.resolve("bed-" + name), () -> {
                }).close();
            }
            return true;
        });
    }
}
