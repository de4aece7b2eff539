package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.NetworkMap.EndpointView;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class VirtualAddressIT {
    private static final String VIP = "10.0.1.2";

    @TempDir
    Path folder;

    private NetworkBed bed;
    private NodeNetwork network;
    private Attachment a;
    private Attachment client;

    @BeforeEach
    void start() {
        bed = new NetworkBed(folder);
        network = NodeNetwork.open(bed.settings("abc123"));
        network.start(List.of()).join();
        a = network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        Attachment b = network.attach(Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 6))).join();
        client = network.attach(Fixture.task("task3", 4, Fixture.userLeg("n1", 1, 7))).join();
        bed.serve(a.namespace(), "a", "0.0.0.0", 80);
        bed.serve(b.namespace(), "b", "0.0.0.0", 80);
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
    void connectionsAreSpreadAndKeepTheClientsAddress() {
        serve(endpoint(1, 5, true), endpoint(2, 6, true));
        Set<String> seen = new HashSet<>();
        for (int attempt = 0; attempt < 64; attempt++) {
            seen.add(Client.ask(bed, client.namespace(), VIP, 80));
        }
        assertEquals(Set.of("a 10.0.1.7", "b 10.0.1.7"), seen);
    }

    @Test
    void taskReachesItselfThroughItsService() {
        serve(endpoint(1, 5, true));
        assertEquals("a 10.0.1.1", Client.ask(bed, a.namespace(), VIP, 80));
    }

    @Test
    void drainingEndpointKeepsItsConnectionsAndGetsNoNewOnes() {
        serve(endpoint(1, 5, true));
        try (Client open = Client.connect(bed, client.namespace(), VIP, 80)) {
            serve(endpoint(1, 5, false), endpoint(2, 6, true));
            for (int attempt = 0; attempt < 16; attempt++) {
                assertEquals("b 10.0.1.7", Client.ask(bed, client.namespace(), VIP, 80));
            }
            assertTrue(open.echoes("still there"));
        }
    }

    @Test
    void serviceWithNothingServingRefusesAtOnce() {
        serve(endpoint(1, 5, false));
        assertEquals("Connection refused", Client.ask(bed, client.namespace(), VIP, 80));
        serve();
        assertEquals("Connection refused", Client.ask(bed, client.namespace(), VIP, 80));
    }

    @Test
    void networkThatComesAfterTheMapServesAtOnce() {
        network.apply(Fixture.map(1, List.of(Fixture.network("n2", 2, Fixture.service("web", "10.0.2.2",
                Fixture.endpoint("web", 1, "10.0.2.5", true)))))).join();
        Attachment late = network.attach(Fixture.task("late", 9, Fixture.userLeg("n2", 2, 5))).join();
        bed.serve(late.namespace(), "late", "0.0.0.0", 80);
        assertEquals("late 10.0.2.1", Client.ask(bed, late.namespace(), "10.0.2.2", 80));
    }

    @Test
    void everyProtocolIsCarriedPingToo() {
        serve(endpoint(1, 5, true));
        assertTrue(bed.shell(client.namespace(), "busybox ping -c 1 -W 2 " + VIP).contains("1 packets received"));
    }

    private long epoch = 1;

    private static EndpointView endpoint(int slot, int last, boolean serving) {
        return Fixture.endpoint("web", slot, "10.0.1." + last, serving);
    }

    private void serve(EndpointView... endpoints) {
        network.apply(Fixture.map(epoch++, List.of(Fixture.network("n1", 1, Fixture.service("web", VIP, endpoints)))))
                .join();
    }
}
