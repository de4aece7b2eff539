package io.jorch.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jorch.api.message.NetworkMap.PortView;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class UdpIT {
    @TempDir
    Path folder;

    private final List<DatagramSocket> sockets = new ArrayList<>();
    private NetworkBed bed;
    private NodeNetwork network;
    private Attachment a;

    @BeforeEach
    void start() {
        bed = new NetworkBed(folder);
        network = NodeNetwork.open(bed.settings("abc123"));
        network.start(List.of()).join();
        a = network.attach(Fixture.task("task1", 2, Fixture.userLeg("n1", 1, 5))).join();
        Attachment b = network.attach(Fixture.task("task2", 3, Fixture.userLeg("n1", 1, 6))).join();
        serve(a.namespace(), "a", "0.0.0.0", 5353);
        serve(b.namespace(), "b", "0.0.0.0", 5353);
    }

    @AfterEach
    void stop() {
        sockets.forEach(DatagramSocket::close);
        try {
            network.removeAll().join();
            network.close();
        } finally {
            bed.close();
        }
    }

    @Test
    void flowThatGoesOnFollowsTheEndpoints() {
        publish("10.255.0.2");
        DatagramSocket client = client(bed.outside(), NetworkBed.HOST_ADDRESS, 53);
        assertEquals("a " + NetworkBed.OUTSIDE_ADDRESS, ask(client));
        publish("10.255.0.3");
        assertEquals("b " + NetworkBed.OUTSIDE_ADDRESS, ask(client));
        publish();
        assertEquals("refused", ask(client));
        publish("10.255.0.2");
        assertEquals("a " + NetworkBed.OUTSIDE_ADDRESS, ask(client));
    }

    @Test
    void flowThatBeganBeforeThePortWasPublishedFollowsToo() {
        serve(bed.host(), "host", NetworkBed.HOST_ADDRESS, 53);
        DatagramSocket client = client(bed.outside(), NetworkBed.HOST_ADDRESS, 53);
        assertEquals("host " + NetworkBed.OUTSIDE_ADDRESS, ask(client));
        publish("10.255.0.2");
        assertEquals("a " + NetworkBed.OUTSIDE_ADDRESS, ask(client));
        network.apply(Fixture.map(9, List.of())).join();
        assertEquals("host " + NetworkBed.OUTSIDE_ADDRESS, ask(client));
    }

    @Test
    void flowsOfTasksToTheSamePortElsewhereAreLeftAlone() {
        serve(bed.outside(), "far", NetworkBed.FAR_ADDRESS, 53);
        DatagramSocket client = client(a.namespace(), NetworkBed.FAR_ADDRESS, 53);
        assertEquals("far " + NetworkBed.HOST_ADDRESS, ask(client));
        String before = bed.shell(bed.host(), "grep -c 'dst=198.51.100.7' /proc/net/nf_conntrack");
        publish("10.255.0.3");
        assertEquals(before, bed.shell(bed.host(), "grep -c 'dst=198.51.100.7' /proc/net/nf_conntrack"));
    }

    @Test
    void loopbackAndHairpinWorkForUdpToo() {
        publish("10.255.0.2");
        assertEquals("a 10.255.0.1", ask(client(bed.host(), "127.0.0.1", 53)));
        assertEquals("a 10.255.0.1", ask(client(a.namespace(), NetworkBed.HOST_ADDRESS, 53)));
    }

    @Test
    void flowToAVirtualAddressFollowsTheEndpoints() {
        Attachment c = network.attach(Fixture.task("task3", 4, Fixture.userLeg("n1", 1, 7))).join();
        virtual(5);
        DatagramSocket client = client(c.namespace(), "10.0.1.2", 5353);
        assertEquals("a 10.0.1.7", ask(client));
        virtual(6);
        assertEquals("b 10.0.1.7", ask(client));
    }

    private long epoch = 1;

    private void publish(String... addresses) {
        network.apply(Fixture.map(epoch++, List.of(),
                new PortView("udp", 53, 5353, false, List.of(addresses)))).join();
    }

    private void virtual(int last) {
        network.apply(Fixture.map(epoch++, List.of(Fixture.network("n1", 1, Fixture.service("dns", "10.0.1.2",
                Fixture.endpoint("dns", 1, "10.0.1." + last, true)))))).join();
    }

    private DatagramSocket client(Path namespace, String address, int port) {
        return bed.in(namespace, () -> {
            DatagramSocket socket = new DatagramSocket();
            sockets.add(socket);
            socket.setSoTimeout(2000);
            socket.connect(InetAddress.getByName(address), port);
            return socket;
        });
    }

    private static String ask(DatagramSocket client) {
        try {
            client.send(new DatagramPacket(new byte[]{1}, 1));
            DatagramPacket reply = new DatagramPacket(new byte[64], 64);
            client.receive(reply);
            return new String(reply.getData(), 0, reply.getLength(), StandardCharsets.UTF_8);
        } catch (PortUnreachableException refused) {
            return "refused";
        } catch (SocketTimeoutException silence) {
            return "silence";
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Says who it is and whom it sees.
    private void serve(Path namespace, String name, String address, int port) {
        DatagramSocket socket = bed.in(namespace, () -> new DatagramSocket(port, InetAddress.getByName(address)));
        sockets.add(socket);
        Thread.ofVirtual().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[64], 64);
            while (!socket.isClosed()) {
                try {
                    socket.receive(packet);
                    byte[] words = (name + " " + packet.getAddress().getHostAddress()).getBytes(StandardCharsets.UTF_8);
                    socket.send(new DatagramPacket(words, words.length, packet.getSocketAddress()));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }
}
