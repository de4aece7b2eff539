package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.net.space.Namespaces;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class AttachIT {
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
    void taskReachesOutsideUnderTheNodesAddress() {
        Attachment task = network.attach(Fixture.task("task1", 2)).join();
        bed.serve(bed.outside(), "far", NetworkBed.FAR_ADDRESS, 80);
        assertEquals("far " + NetworkBed.HOST_ADDRESS,
                Client.ask(bed, task.namespace(), NetworkBed.FAR_ADDRESS, 80));
    }

    @Test
    void taskOnInternalNetworksOnlyHasNoWayOut() {
        Attachment task = network.attach(Fixture.task("task1", 2, Fixture.internal(Fixture.userLeg("n1", 1, 5))))
                .join();
        Attachment open = network.attach(Fixture.task("task2", 3, Fixture.internal(Fixture.userLeg("n1", 1, 6)),
                Fixture.userLeg("n2", 2, 6))).join();
        bed.serve(bed.outside(), "far", NetworkBed.FAR_ADDRESS, 80);
        assertEquals("No route to host", Client.ask(bed, task.namespace(), NetworkBed.FAR_ADDRESS, 80));
        assertEquals("far " + NetworkBed.HOST_ADDRESS,
                Client.ask(bed, open.namespace(), NetworkBed.FAR_ADDRESS, 80));
    }

    @Test
    void tasksTalkOnACommonNetworkAndNowhereElse() {
        Attachment one = network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        Attachment two = network.attach(Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 6))).join();
        Attachment other = network.attach(Fixture.task("task3", 4, Fixture.userLeg("n2", 2, 6))).join();
        bed.serve(two.namespace(), "two", "0.0.0.0", 80);
        assertEquals("two 10.0.1.5", Client.ask(bed, one.namespace(), "10.0.1.6", 80));
        assertEquals("No route to host", Client.ask(bed, one.namespace(), "10.255.0.3", 80));
        assertEquals("No route to host", Client.ask(bed, other.namespace(), "10.255.0.3", 80));
        assertEquals("connect timed out", Client.ask(bed, other.namespace(), "10.0.1.6", 80).toLowerCase(Locale.ROOT));
    }

    @Test
    void networksWithTheSameSubnetDoNotMeet() {
        Attachment one = network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        Attachment two = network.attach(Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 6))).join();
        Attachment three = network.attach(Fixture.task("task3", 4, Fixture.userLeg("n2", 1, 5))).join();
        Attachment four = network.attach(Fixture.task("task4", 5, Fixture.userLeg("n2", 1, 6))).join();
        bed.serve(two.namespace(), "n1", "10.0.1.6", 80);
        bed.serve(four.namespace(), "n2", "10.0.1.6", 80);
        assertEquals("n1 10.0.1.5", Client.ask(bed, one.namespace(), "10.0.1.6", 80));
        assertEquals("n2 10.0.1.5", Client.ask(bed, three.namespace(), "10.0.1.6", 80));
    }

    @Test
    void metadataControlPortsAndTheNodesServicesAreOutOfReach() {
        Attachment task = network.attach(Fixture.task("task1", 2)).join();
        bed.shell(bed.outside(), "ip addr add 169.254.169.254/32 dev lo");
        bed.serve(bed.outside(), "metadata", "169.254.169.254", 80);
        bed.serve(bed.host(), "control", "0.0.0.0", 2377);
        bed.serve(bed.host(), "service", "0.0.0.0", 9100);
        assertEquals("metadata " + NetworkBed.HOST_ADDRESS, Client.ask(bed, bed.host(), "169.254.169.254", 80));
        for (String address : List.of(NetworkBed.HOST_ADDRESS, "10.255.0.1", "169.254.1.1")) {
            assertEquals("No route to host", Client.ask(bed, task.namespace(), address, 2377), address);
            assertEquals("No route to host", Client.ask(bed, task.namespace(), address, 9100), address);
        }
        assertEquals("No route to host", Client.ask(bed, task.namespace(), "169.254.169.254", 80));
    }

    @Test
    void outsiderCannotRouteItselfToATask() {
        Attachment task = network.attach(Fixture.task("task1", 2)).join();
        bed.shell(bed.outside(), "ip route add 10.255.0.0/16 via " + NetworkBed.HOST_ADDRESS);
        bed.serve(task.namespace(), "task", "0.0.0.0", 80);
        assertEquals("No route to host", Client.ask(bed, bed.outside(), "10.255.0.2", 80));
        assertEquals("task 10.255.0.1", Client.ask(bed, bed.host(), "10.255.0.2", 80));
    }

    @Test
    void taskBindsLowPortsAndPingsWithoutPrivileges() {
        Attachment task = network.attach(Fixture.task("task1", 2)).join();
        assertEquals("0", bed.shell(task.namespace(), "cat /proc/sys/net/ipv4/ip_unprivileged_port_start").strip());
        assertEquals("0\t2147483647", bed.shell(task.namespace(), "cat /proc/sys/net/ipv4/ping_group_range").strip());
        assertEquals("", bed.shell(task.namespace(), "ip -6 addr show dev eth0"));
    }

    @Test
    void attachingTwiceAnswersTheSame() {
        TaskNetwork task = Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5));
        assertEquals(network.attach(task).join(), network.attach(task).join());
        CompletionException other = assertThrows(CompletionException.class,
                () -> network.attach(Fixture.task("task1", 3)).join());
        assertTrue(other.getCause().getMessage().contains("attached to other networks already"), other.toString());
    }

    @Test
    void churnLeavesNothing() {
        network.apply(Fixture.map(1, List.of())).join();
        Map<String, String> before = bed.inventory("abc123");
        for (int round = 0; round < 20; round++) {
            network.attach(Fixture.task("x" + round + "task", 2, Fixture.userLeg("n1", 1, 5),
                    Fixture.internal(Fixture.userLeg("n2", 2, 5)))).join();
            network.attach(Fixture.task("y" + round + "task", 3, Fixture.internal(Fixture.userLeg("n2", 2, 6))))
                    .join();
            network.detach("x" + round + "task").join();
            network.detach("y" + round + "task").join();
        }
        Awaitility.await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertEquals(before, bed.inventory("abc123")));
    }

    @Test
    void failedAttachLeavesNothing() {
        network.attach(Fixture.task("task1", 2)).join();
        Map<String, String> before = bed.inventory("abc123");
        bed.shell(bed.host(), "ip link add joabc123-task2 type veth peer name blocker");
        assertThrows(CompletionException.class,
                () -> network.attach(Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 5))).join());
        assertFalse(Namespaces.alive(bed.run("abc123").resolve("netns/task2")));
        bed.shell(bed.host(), "ip link del blocker");
        Awaitility.await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertEquals(before, bed.inventory("abc123")));
    }

    @Test
    void removeAllPutsTheHostBackAsItWas() {
        network.removeAll().join();
        Map<String, String> before = bed.inventory("abc123");
        assertTrue(before.get("forwarding").contains("0\n0"), before.toString());
        network.start(List.of()).join();
        network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        assertEquals("0\n1\n", bed.inventory("abc123").get("forwarding"));
        network.removeAll().join();
        Awaitility.await().atMost(20, TimeUnit.SECONDS)
                .untilAsserted(() -> assertEquals(before, bed.inventory("abc123")));
    }
}
