package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class OpenConnectionsIT {
    @TempDir
    Path folder;

    private NetworkBed bed;
    private NodeNetwork network;
    private Attachment client;

    @BeforeEach
    void start() {
        bed = new NetworkBed(folder);
        network = NodeNetwork.open(bed.settings("abc123"));
        network.start(List.of()).join();
        Attachment task = network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        client = network.attach(Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 6))).join();
        bed.serve(task.namespace(), "task", "0.0.0.0", 80);
        network.apply(Fixture.map(1,
                List.of(Fixture.network("n1", 1,
                        Fixture.service("web", "10.0.1.2", Fixture.endpoint("web", 1, "10.0.1.5", true)))),
                Fixture.tcp(8080, 80, "10.255.0.2"))).join();
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
    void connectionsAreCountedWhereverTheyComeFrom() {
        assertEquals(0, network.openConnections("task1").join());
        try (Client published = Client.connect(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080);
                Client loopback = Client.connect(bed, bed.host(), "127.0.0.1", 8080);
                Client virtual = Client.connect(bed, client.namespace(), "10.0.1.2", 80);
                Client direct = Client.connect(bed, client.namespace(), "10.0.1.5", 80)) {
            assertEquals(2, network.openConnections(Fixture.INGRESS, "10.255.0.2").join());
            assertEquals(2, network.openConnections("n1", "10.0.1.5").join());
            assertEquals(4, network.openConnections("task1").join());
            assertEquals(0, network.openConnections("n1", "10.0.1.6").join());
            assertEquals(0, network.openConnections("task2").join());
            assertTrue(published.echoes("a") && loopback.echoes("b") && virtual.echoes("c") && direct.echoes("d"));
        }
        Awaitility.await().atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertEquals(0, network.openConnections("task1").join()));
    }

    @Test
    void networkThatIsNotHereHasNone() {
        assertEquals(0, network.openConnections("elsewhere", "10.0.9.5").join());
        assertEquals(0, network.openConnections("nobody").join());
    }
}
