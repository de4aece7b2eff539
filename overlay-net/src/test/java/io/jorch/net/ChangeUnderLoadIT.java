package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.NetworkMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ChangeUnderLoadIT {
    private static final int CHANGES = 50;
    private static final int REQUESTS_BETWEEN = 40;

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
        for (int number = 5; number < 8; number++) {
            Attachment task = network.attach(Fixture.task("t" + number + "task", number, Fixture.userLeg("n1", 1, number)))
                    .join();
            bed.serve(task.namespace(), "server" + number, "0.0.0.0", 80);
        }
        client = network.attach(Fixture.task("client", 9, Fixture.userLeg("n1", 1, 9))).join();
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
    void publishedPortLosesNoRequestWhileItsEndpointsChange() {
        changeUnderLoad(bed.outside(), NetworkBed.HOST_ADDRESS, 8080);
    }

    @Test
    void virtualAddressLosesNoRequestWhileItsEndpointsChange() {
        changeUnderLoad(client.namespace(), "10.0.1.2", 80);
    }

    private void changeUnderLoad(Path from, String address, int port) {
        network.apply(map(0, 5, 6)).join();
        try (Load load = Load.start(bed, from, address, port, 3)) {
            for (int change = 1; change <= CHANGES; change++) {
                load.awaitMore(REQUESTS_BETWEEN);
                assertEquals(change, network.apply(change % 2 == 0 ? map(change, 5, 6) : map(change, 6, 7)).join());
            }
            load.end();
            assertEquals(List.of(), List.copyOf(load.failures()));
            assertTrue(load.total() >= CHANGES * REQUESTS_BETWEEN, "only " + load.total());
            assertEquals(Set.of("server5", "server6", "server7"), load.byServer().keySet());
        }
    }

    private static NetworkMap map(long epoch, int one, int other) {
        return Fixture.map(epoch,
                List.of(Fixture.network("n1", 1,
                        Fixture.service("web", "10.0.1.2", Fixture.endpoint("web", 1, "10.0.1." + one, true),
                                Fixture.endpoint("web", 2, "10.0.1." + other, true)))),
                Fixture.tcp(8080, 80, "10.255.0." + one, "10.255.0." + other));
    }
}
