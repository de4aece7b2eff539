package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.NetworkMap.EndpointView;
import io.jorch.api.message.NetworkMap.PortView;
import io.jorch.net.dns.Messages;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class NameServiceIT {
    private static final int A = 1;

    @TempDir
    Path folder;

    private NetworkBed bed;
    private NodeNetwork network;
    private OutsideNames outside;
    private Attachment task;

    @BeforeEach
    void start() throws IOException {
        bed = new NetworkBed(folder);
        Files.writeString(folder.resolve("resolv.conf"), "search corp.example\nnameserver 198.51.100.7\n");
        outside = OutsideNames.start(bed, bed.outside(), NetworkBed.FAR_ADDRESS);
        network = NodeNetwork.open(bed.settings("abc123"));
        network.start(List.of()).join();
        task = network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        apply(1, Fixture.endpoint("web", 1, "10.0.1.5", true));
    }

    @AfterEach
    void stop() {
        outside.close();
        try {
            network.removeAll().join();
            network.close();
        } finally {
            bed.close();
        }
    }

    @Test
    void programsOfTheTaskResolveNamesAsIfTheyWereAnywhere() throws IOException {
        Path resolv = Files.writeString(folder.resolve("task-resolv.conf"), task.resolvConf());
        assertEquals("nameserver 10.255.0.1\nsearch corp.example\noptions ndots:0\n", task.resolvConf());
        String line = "unshare -m sh -ec 'mount --bind " + resolv + " /etc/resolv.conf; getent ahostsv4 %s' | head -1";
        assertEquals("10.0.1.2", bed.shell(task.namespace(), line.formatted("web")).split(" ", 2)[0]);
        assertEquals("10.0.1.5", bed.shell(task.namespace(), line.formatted("tasks.web")).split(" ", 2)[0]);
        assertEquals("203.0.113.9", bed.shell(task.namespace(), line.formatted("www.example.com")).split(" ", 2)[0]);
    }

    @Test
    void namesFollowTheMap() {
        assertEquals("NOERROR 10.0.1.2/600", udp("web", 0));
        assertEquals("NOERROR 10.0.1.5/3", udp("web.1", 0));
        apply(2, Fixture.endpoint("web", 2, "10.0.1.6", true));
        assertEquals("NXDOMAIN", udp("web.1", 0));
        assertEquals("NOERROR 10.0.1.6/3", udp("tasks.web", 0));
    }

    @Test
    void manyTasksAreToldByTcp() {
        apply(2, IntStream.range(1, 200)
                .mapToObj(slot -> Fixture.endpoint("web", slot, "10.0.1." + slot, true)).toArray(EndpointView[]::new));
        assertEquals("NOERROR TC", udp("tasks.web", 1232));
        assertEquals(200, tcp("tasks.web").split(" ", -1).length);
    }

    @Test
    void outsideNamesAreForwardedAndWhatIsCutShortIsAskedByTcp() {
        assertEquals("NOERROR 203.0.113.9/60", udp("www.example.com", 0));
        assertEquals("NOERROR 203.0.113.9/60", udp("big.example.com", 1232));
        assertEquals("NOERROR 203.0.113.9/60", tcp("big.example.com"));
        assertEquals(List.of("udp www.example.com", "udp big.example.com", "tcp big.example.com", "udp big.example.com",
                "tcp big.example.com"), List.copyOf(outside.asked()));
    }

    @Test
    void serverThatIsSilentIsAskedAgainAndThenGivenUp() {
        assertEquals("SERVFAIL", udp("silent.example.com", 0));
        assertEquals(List.of("udp silent.example.com", "udp silent.example.com"), List.copyOf(outside.asked()));
    }

    @Test
    void taskWithServersOfItsOwnHasThoseAsked() {
        bed.shell(bed.outside(), "ip addr add 198.51.100.8/32 dev lo");
        try (OutsideNames own = OutsideNames.start(bed, bed.outside(), "198.51.100.8")) {
            TaskNetwork network2 = new TaskNetwork("task2", "h", List.of(Fixture.ingressLeg(3)),
                    new NameSettings(List.of("198.51.100.8"), List.of("."), List.of("ndots:2")), List.of("10.9.9.9 x"));
            Attachment second = network.attach(network2).join();
            assertEquals("nameserver 10.255.0.1\noptions ndots:2\n", second.resolvConf());
            assertTrue(second.hosts().endsWith("10.9.9.9 x\n10.255.0.3\th\n"), second.hosts());
            assertEquals("NOERROR 203.0.113.9/60", udp(second, "www.example.com", 0));
            assertEquals(List.of("udp www.example.com"), List.copyOf(own.asked()));
            assertEquals(List.of(), List.copyOf(outside.asked()));
        }
    }

    @Test
    void confinedTaskCanNotTellTheOutsideAnythingByAskingNames() {
        Attachment confined = network.attach(Fixture.task("task2", 3, Fixture.internal(Fixture.userLeg("n1", 1, 6))))
                .join();
        assertEquals("NXDOMAIN", udp(confined, "secret.example.com", 0));
        assertEquals("NOERROR 10.0.1.2/600", udp(confined, "web", 0));
        assertEquals(List.of(), List.copyOf(outside.asked()));
    }

    @Test
    void nobodyOutsideIsAnswered() {
        bed.shell(bed.outside(), "ip route add 10.255.0.1 via " + NetworkBed.HOST_ADDRESS);
        assertThrows(RuntimeException.class, () -> ask(bed.outside(), "web", 0, 500));
    }

    @Test
    void serviceThatPublishesThePortOfNamesTakesNothingFromTheNameService() {
        network.apply(Fixture.map(2, List.of(Fixture.network("n1", 1, Fixture.service("web", "10.0.1.2"))),
                new PortView("udp", 53, 5353, false, List.of("10.255.0.2")), Fixture.tcp(53, 5353, "10.255.0.2")))
                .join();
        assertEquals("NOERROR 10.0.1.2/600", udp("web", 0));
        assertEquals("NOERROR 10.0.1.2/600", tcp("web"));
    }

    @Test
    void garbageNeitherEndsTheServiceNorIsAnsweredWithMore() {
        bed.in(task.namespace(), () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int length = 0; length < 40; length++) {
                    byte[] garbage = new byte[length];
                    Arrays.fill(garbage, (byte) (length * 37));
                    socket.send(new DatagramPacket(garbage, length, InetAddress.getByName("10.255.0.1"), 53));
                }
            }
            return true;
        });
        assertEquals("NOERROR 10.0.1.2/600", udp("web", 0));
    }

    @Test
    void portThatIsTakenIsNamed() {
        NodeNetworkSettings settings = bed.settings("def456");
        try (NodeNetwork other = NodeNetwork.open(settings)) {
            other.start(List.of()).join();
            bed.shell(bed.host(), "ip addr add 10.254.0.1/32 dev lo");
            bed.serve(bed.host(), "names", "10.254.0.1", 53);
            Leg leg = Fixture.leg("ingress2", true, false, "10.254.0.0/16", "10.254.0.1", "10.254.0.2");
            CompletionException failure = assertThrows(CompletionException.class, () -> other.attach(new TaskNetwork(
                    "task9", "h", List.of(leg), NameSettings.NONE, List.of())).join());
            assertTrue(failure.getCause().getMessage().startsWith("the name service can't listen at 10.254.0.1:53"),
                    failure.toString());
            other.removeAll().join();
        }
    }

    private void apply(long epoch, EndpointView... endpoints) {
        network.apply(Fixture.map(epoch,
                List.of(Fixture.network("n1", 1, Fixture.service("web", "10.0.1.2", endpoints))))).join();
    }

    private String udp(String name, int payload) {
        return udp(task, name, payload);
    }

    private String udp(Attachment from, String name, int payload) {
        return ask(from.namespace(), name, payload, 5000);
    }

    private String ask(Path namespace, String name, int payload, int patience) {
        return bed.in(namespace, () -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                byte[] query = Messages.query(77, name, A, payload);
                socket.setSoTimeout(patience);
                socket.send(new DatagramPacket(query, query.length, InetAddress.getByName("10.255.0.1"), 53));
                DatagramPacket reply = new DatagramPacket(new byte[4096], 4096);
                socket.receive(reply);
                return Messages.words(Arrays.copyOf(reply.getData(), reply.getLength()));
            } catch (SocketTimeoutException silence) {
                throw new IllegalStateException("no answer to " + name, silence);
            }
        });
    }

    private String tcp(String name) {
        return bed.in(task.namespace(), () -> {
            try (Socket socket = new Socket("10.255.0.1", 53)) {
                byte[] query = Messages.query(78, name, A, 0);
                socket.setSoTimeout(5000);
                socket.getOutputStream().write(
                        ByteBuffer.allocate(2 + query.length).putShort((short) query.length).put(query).array());
                DataInputStream in = new DataInputStream(socket.getInputStream());
                return Messages.words(in.readNBytes(in.readUnsignedShort()));
            }
        });
    }
}
