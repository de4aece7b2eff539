package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.NetworkMap.PortView;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class PublishedPortsIT {
    @TempDir
    Path folder;

    private NetworkBed bed;
    private NodeNetwork network;
    private Attachment a;
    private Attachment b;

    @BeforeEach
    void start() {
        bed = new NetworkBed(folder);
        network = NodeNetwork.open(bed.settings("abc123"));
        network.start(List.of()).join();
        a = network.attach(Fixture.task("task1", 2)).join();
        b = network.attach(Fixture.task("task2", 3)).join();
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
    void outsideClientReachesEveryTaskUnderItsOwnAddress() {
        publish(Fixture.tcp(8080, 80, "10.255.0.2", "10.255.0.3"));
        Set<String> seen = new HashSet<>();
        for (int attempt = 0; attempt < 64; attempt++) {
            seen.add(Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
        }
        assertEquals(Set.of("a " + NetworkBed.OUTSIDE_ADDRESS, "b " + NetworkBed.OUTSIDE_ADDRESS), seen);
    }

    @Test
    void clientOnTheNodeReachesItByLoopbackAndByAddress() {
        publish(Fixture.tcp(8080, 80, "10.255.0.2"));
        assertEquals("a 10.255.0.1", Client.ask(bed, bed.host(), "127.0.0.1", 8080));
        assertEquals("a " + NetworkBed.HOST_ADDRESS, Client.ask(bed, bed.host(), NetworkBed.HOST_ADDRESS, 8080));
    }

    @Test
    void taskReachesItsOwnAndOthersPublishedPorts() {
        publish(Fixture.tcp(8080, 80, "10.255.0.2"), Fixture.tcp(8081, 80, "10.255.0.3"));
        assertEquals("a 10.255.0.1", Client.ask(bed, a.namespace(), NetworkBed.HOST_ADDRESS, 8080));
        assertEquals("b 10.255.0.2", Client.ask(bed, a.namespace(), NetworkBed.HOST_ADDRESS, 8081));
        assertEquals("b 10.255.0.2", Client.ask(bed, a.namespace(), "10.255.0.1", 8081));
    }

    @Test
    void portThatNobodyServesIsRefusedAtOnce() {
        bed.serve(bed.host(), "host", "0.0.0.0", 8080);
        publish(Fixture.tcp(8080, 80));
        for (Path client : List.of(bed.outside(), bed.host(), a.namespace())) {
            assertEquals("Connection refused", Client.ask(bed, client, NetworkBed.HOST_ADDRESS, 8080), client + "");
        }
        assertEquals("Connection refused", Client.ask(bed, bed.host(), "127.0.0.1", 8080));
    }

    @Test
    void portThatIsNoLongerPublishedIsTheHostsAgain() {
        bed.serve(bed.host(), "host", "0.0.0.0", 8080);
        publish(Fixture.tcp(8080, 80, "10.255.0.2"));
        assertEquals("a " + NetworkBed.OUTSIDE_ADDRESS, Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
        publish();
        assertEquals("host " + NetworkBed.OUTSIDE_ADDRESS,
                Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
    }

    @Test
    void openConnectionsOutliveTheirEndpointsLeaving() {
        publish(Fixture.tcp(8080, 80, "10.255.0.2"));
        try (Client client = Client.connect(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080)) {
            publish(Fixture.tcp(8080, 80, "10.255.0.3"));
            assertTrue(client.echoes("still there"));
            assertEquals("b " + NetworkBed.OUTSIDE_ADDRESS,
                    Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
            publish();
            assertTrue(client.echoes("and now"));
        }
    }

    @Test
    void hostModeServesTasksOfThisNodeOnly() {
        publish(new PortView("tcp", 8080, 80, true, List.of("10.255.0.2", "10.255.0.99")),
                new PortView("tcp", 8081, 80, true, List.of("10.255.0.99")));
        for (int attempt = 0; attempt < 16; attempt++) {
            assertEquals("a " + NetworkBed.OUTSIDE_ADDRESS,
                    Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
        }
        assertEquals("Connection refused", Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8081));
    }

    @Test
    void hostModeFollowsTheTasksThatComeAndGo() {
        publish(new PortView("tcp", 8080, 80, true, List.of("10.255.0.4")));
        Attachment late = network.attach(Fixture.task("task3", 4)).join();
        bed.serve(late.namespace(), "late", "0.0.0.0", 80);
        assertEquals("late " + NetworkBed.OUTSIDE_ADDRESS,
                Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
        network.detach("task3").join();
        assertEquals("Connection refused", Client.ask(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080));
    }

    @Test
    void nodesLoopbackStaysClosedToTasks() {
        bed.serve(bed.host(), "loopback", "127.0.0.1", 9999);
        bed.shell(a.namespace(), "sysctl -qw net.ipv4.conf.eth0.route_localnet=1; ip addr flush dev lo; "
                + "ip route add 127.0.0.1/32 via 169.254.1.1 dev eth0 onlink src 10.255.0.2");
        assertTrue(bed.shell(a.namespace(), "ip route get 127.0.0.1").contains("dev eth0"), "it must leave the task");
        assertEquals("connect timed out", Client.ask(bed, a.namespace(), "127.0.0.1", 9999).toLowerCase(Locale.ROOT));
    }

    private void publish(PortView... ports) {
        network.apply(Fixture.map(epoch++, List.of(), ports)).join();
    }

    private long epoch = 1;
}
