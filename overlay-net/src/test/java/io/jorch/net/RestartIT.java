package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.net.space.Namespaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
final class RestartIT {
    private static final String NODE = KilledDaemon.NODE;

    @TempDir
    Path folder;

    private NetworkBed bed;
    private final List<NodeNetwork> networks = new ArrayList<>();

    @BeforeEach
    void start() {
        bed = new NetworkBed(folder);
    }

    @AfterEach
    void stop() {
        try {
            networks.forEach(network -> {
                network.removeAll().join();
                network.close();
            });
        } finally {
            bed.close();
        }
    }

    @Test
    void killedDaemonsNetworkGoesOnAndTheNextOneTakesItOver() throws IOException {
        Map<String, String> untouched = bed.inventory(NODE);
        KilledDaemon daemon = KilledDaemon.start(folder);
        Path task = bed.run(NODE).resolve("netns/task1");
        Path other = bed.run(NODE).resolve("netns/task2");
        bed.serve(task, "task", "0.0.0.0", 80);
        try (Client published = Client.connect(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080);
                Client virtual = Client.connect(bed, other, "10.0.1.2", 80);
                Load load = Load.start(bed, bed.outside(), NetworkBed.HOST_ADDRESS, 8080, 2);
                Load inside = Load.start(bed, other, "10.0.1.2", 80, 1)) {
            load.awaitMore(50);
            daemon.close();
            load.awaitMore(50);
            NodeNetwork next = network(NODE);
            assertEquals(Set.of(), next.start(KilledDaemon.tasks()).join());
            load.awaitMore(50);
            assertEquals(2, next.apply(KilledDaemon.map(2)).join());
            load.awaitMore(50);
            inside.awaitMore(50);
            load.end();
            inside.end();
            assertEquals(List.of(), List.copyOf(load.failures()));
            assertEquals(List.of(), List.copyOf(inside.failures()));
            assertTrue(published.echoes("still there"));
            assertTrue(virtual.echoes("still there"));
        }
        assertEquals("task 10.0.1.6", Client.ask(bed, other, "10.0.1.2", 80));
        networks.getFirst().removeAll().join();
        Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(
                () -> assertEquals(without(untouched, "files"), without(bed.inventory(NODE), "files")));
        assertEquals("[]", bed.inventory(NODE).get("files"));
    }

    @Test
    void whatBelongsToNoKeptTaskIsSwept() throws IOException {
        KilledDaemon.start(folder).close();
        Files.createFile(bed.run(NODE).resolve("netns/leftbyareboot"));
        bed.shell(bed.host(), "ip link add joabc123-orphan type veth peer name orphan; ip link add jodef456-other "
                + "type veth peer name other; ip link set orphan up; ip link set other up");
        NodeNetwork next = network(NODE);
        List<TaskNetwork> keep = List.of(KilledDaemon.tasks().get(1), Fixture.task("gone", 9));
        assertEquals(Set.of("gone"), next.start(keep).join());
        Awaitility.await().atMost(20, TimeUnit.SECONDS).untilAsserted(
                () -> assertEquals("joabc123-task2 jodef456-other lo other up0", links()));
        assertEquals("[net-n1, task2]", bed.inventory(NODE).get("files"));
        assertTrue(Namespaces.alive(bed.run(NODE).resolve("netns/task2")));
        next.start(List.of()).join();
    }

    @Test
    void closingLeavesTheTasksNetworksAsTheyAre() {
        NodeNetwork first = NodeNetwork.open(bed.settings(NODE));
        first.start(List.of()).join();
        Attachment task = first.attach(Fixture.task("task1", 2)).join();
        bed.serve(bed.outside(), "far", NetworkBed.FAR_ADDRESS, 80);
        first.close();
        assertEquals("far " + NetworkBed.HOST_ADDRESS, Client.ask(bed, task.namespace(), NetworkBed.FAR_ADDRESS, 80));
        NodeNetwork next = network(NODE);
        next.start(List.of(Fixture.task("task1", 2))).join();
        assertEquals(task, next.attach(Fixture.task("task1", 2)).join());
    }

    @Test
    void daemonsOfOneMachineLeaveEachOtherAlone() {
        NodeNetwork one = network(NODE);
        one.start(List.of()).join();
        Attachment first = one.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        one.apply(Fixture.map(1, List.of(), Fixture.tcp(8080, 80, "10.255.0.2"))).join();
        NodeNetwork two = network("def456");
        two.start(List.of()).join();
        Leg leg = Fixture.leg("ingress2", true, false, "10.254.0.0/16", "10.254.0.1", "10.254.0.2");
        Attachment second = two.attach(new TaskNetwork("task1", "h", List.of(leg), NameSettings.NONE, List.of()))
                .join();
        bed.serve(first.namespace(), "first", "0.0.0.0", 80);
        bed.serve(second.namespace(), "second", "0.0.0.0", 80);
        bed.serve(bed.outside(), "far", NetworkBed.FAR_ADDRESS, 80);
        assertEquals("No route to host", Client.ask(bed, second.namespace(), "10.255.0.2", 80));
        assertEquals("No route to host", Client.ask(bed, first.namespace(), "10.254.0.2", 80));
        assertEquals("first 10.254.0.2", Client.ask(bed, second.namespace(), NetworkBed.HOST_ADDRESS, 8080));
        assertEquals("far " + NetworkBed.HOST_ADDRESS,
                Client.ask(bed, second.namespace(), NetworkBed.FAR_ADDRESS, 80));
        two.removeAll().join();
        two.start(List.of()).join();
        one.removeAll().join();
        one.start(List.of()).join();
        one.attach(Fixture.task("task1", 2)).join();
        two.removeAll().join();
        assertEquals("far " + NetworkBed.HOST_ADDRESS,
                Client.ask(bed, bed.run(NODE).resolve("netns/task1"), NetworkBed.FAR_ADDRESS, 80));
        assertFalse(bed.shell(bed.host(), "nft list tables").contains("def456"));
    }

    private NodeNetwork network(String node) {
        NodeNetwork network = NodeNetwork.open(bed.settings(node));
        networks.add(network);
        return network;
    }

    private String links() {
        return bed.shell(bed.host(), "ip -br link | awk '{print $1}' | cut -d@ -f1 | sort | tr '\\n' ' '").strip();
    }

    private static Map<String, String> without(Map<String, String> inventory, String key) {
        Map<String, String> copy = new TreeMap<>(inventory);
        copy.remove(key);
        return copy;
    }
}
