package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.NetworkMap;
import io.jorch.api.message.NetworkMap.EndpointView;
import io.jorch.api.message.NetworkMap.PortView;
import io.jorch.api.message.NetworkMap.ServiceView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Prints what things cost, and fails only where they cost far more than they should.
@Timeout(180)
@Tag("long")
final class NetworkCostIT {
    private static final int SERVICES = 200;
    private static final int ENDPOINTS = 5;

    @TempDir
    Path folder;

    private NetworkBed bed;
    private NodeNetwork network;

    @BeforeEach
    void start() {
        bed = new NetworkBed(folder);
        network = NodeNetwork.open(bed.settings("abc123"));
        network.start(List.of()).join();
    }

    @AfterEach
    void stop() {
        try {
            network.removeAll().join();
            network.close();
        } finally {
            bed.close();
        }
    }

    @Test
    void applyOfTwoHundredServices() {
        network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        network.apply(map(0, 0)).join();
        double whole = median(9, round -> {
            network.apply(Fixture.map(0, List.of(Fixture.network("n1", 1)))).join();
            network.apply(map(round, 0)).join();
        });
        network.apply(map(0, 0)).join();
        double one = median(41, round -> network.apply(map(round, round % 2 + 1)).join());
        double none = median(21, round -> network.apply(map(round, 0)).join());
        System.out.printf("apply %d services x %d endpoints, ports and VIPs: all %.1f ms, one changed %.2f ms, "
                + "nothing changed %.2f ms%n", SERVICES, ENDPOINTS, whole, one, none);
        assertTrue(one < 100, "one changed service took " + one + " ms");
    }

    @Test
    void attachAndDetach() {
        double ingress = median(41, round -> network.attach(Fixture.task("a" + round + "task", round % 200 + 2)).join());
        double away = median(41, round -> network.detach("a" + round + "task").join());
        network.attach(Fixture.task("stay", 250, Fixture.userLeg("n1", 1, 250))).join();
        double user = median(41, round -> network
                .attach(Fixture.task("b" + round + "task", round % 200 + 2, Fixture.userLeg("n1", 1, round % 200 + 2)))
                .join());
        System.out.printf("attach ingress only %.2f ms, with a user network %.2f ms, detach %.2f ms%n", ingress, user,
                away);
        assertTrue(user < 100, "attach took " + user + " ms");
    }

    @Test
    void connectionsPerSecond() {
        List<Attachment> tasks = new ArrayList<>();
        for (int number = 5; number < 8; number++) {
            tasks.add(network.attach(Fixture.task("t" + number + "task", number, Fixture.userLeg("n1", 1, number)))
                    .join());
            bed.serve(tasks.getLast().namespace(), "s" + number, "0.0.0.0", 80);
        }
        bed.serve(bed.host(), "host", "0.0.0.0", 81);
        Path client = network.attach(Fixture.task("client", 9, Fixture.userLeg("n1", 1, 9))).join().namespace();
        network.apply(Fixture.map(1, List.of(Fixture.network("n1", 1, Fixture.service("web", "10.0.1.2",
                Fixture.endpoint("web", 1, "10.0.1.5", true), Fixture.endpoint("web", 2, "10.0.1.6", true)))),
                Fixture.tcp(8080, 80, "10.255.0.5", "10.255.0.6"))).join();
        for (int round = 0; round < 2; round++) {
            System.out.printf("connections/s: outside to a host process %d, outside to a published port %d, "
                    + "task to task %d, task to VIP %d%n", rate(bed.outside(), NetworkBed.HOST_ADDRESS, 81),
                    rate(bed.outside(), NetworkBed.HOST_ADDRESS, 8080), rate(client, "10.0.1.5", 80),
                    rate(client, "10.0.1.2", 80));
        }
    }

    private long rate(Path from, String address, int port) {
        try (Load load = Load.start(bed, from, address, port, 1)) {
            load.awaitMore(2000);
            long start = System.nanoTime();
            long before = load.total();
            load.awaitMore(8000);
            long done = load.total() - before;
            long took = System.nanoTime() - start;
            assertEquals(List.of(), List.copyOf(load.failures()));
            return done * 1_000_000_000L / took;
        }
    }

    /// @return milliseconds
    private static double median(int rounds, IntConsumer work) {
        double[] times = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            work.accept(round);
            times[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return times[rounds / 2];
    }

    /// @param shift makes the last service's endpoints others
    private static NetworkMap map(long epoch, int shift) {
        List<ServiceView> services = new ArrayList<>();
        List<PortView> ports = new ArrayList<>();
        for (int service = 0; service < SERVICES; service++) {
            List<EndpointView> endpoints = new ArrayList<>();
            List<String> addresses = new ArrayList<>();
            int moved = service == SERVICES - 1 ? shift : 0;
            for (int slot = 0; slot < ENDPOINTS; slot++) {
                endpoints.add(Fixture.endpoint("s" + service, slot, "10.1." + service + "." + (slot + 10 + moved), true));
                addresses.add("10.255." + service + "." + (slot + 10 + moved));
            }
            services.add(Fixture.service("s" + service, "10.2.0." + service, endpoints.toArray(EndpointView[]::new)));
            ports.add(Fixture.tcp(10000 + service, 80, addresses.toArray(String[]::new)));
        }
        return Fixture.map(epoch, List.of(Fixture.network("n1", 1, services.toArray(ServiceView[]::new))),
                ports.toArray(PortView[]::new));
    }
}
