package io.jorch.net.dns;

import io.jorch.api.error.JorchException;
import io.jorch.net.address.Ipv4;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Asks name servers outside, one after the other, each question from a port of its own under an id of its own, so that
/// an answer can't be forged blindly. What was cut short over UDP is asked again over TCP. Blocks; stateless.
final class Forwarder {
    private static final int LARGEST = 65535;
    private static final int TRUNCATED = 0x02; // in the third byte
    private static final int RESPONSE = 0x80;
    private static final int SERVFAIL = 2;
    private static final int TRIES = 3;

    private final Sockets sockets;
    private final int port;
    private final Duration patience;
    private final SecureRandom ids = new SecureRandom();

    /// @param port 53, of every server
    /// @param patience with each server
    Forwarder(Sockets sockets, int port, Duration patience) {
        this.sockets = sockets;
        this.port = port;
        this.patience = patience;
    }

    /// The first useful answer, under the query's own id; empty when no server gave one. A lone server is asked twice.
    Optional<byte[]> ask(Query query, List<Ipv4> servers) {
        int tries = servers.isEmpty() ? 0 : Math.clamp(servers.size(), 2, TRIES);
        for (int attempt = 0; attempt < tries; attempt++) {
            Optional<byte[]> reply = askOne(query, servers.get(attempt % servers.size()));
            if (reply.isPresent() && (reply.get()[3] & 15) != SERVFAIL) {
                return reply.map(message -> Reply.withId(message, query.id()));
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> askOne(Query query, Ipv4 server) {
        byte[] question = Reply.withId(query.message(), ids.nextInt(1 << 16));
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(server.bytes()), port);
            Optional<byte[]> reply = byDatagram(question, query, address);
            return reply.isPresent() && (reply.get()[2] & TRUNCATED) != 0 ? byStream(question, query, address) : reply;
        } catch (IOException | JorchException unreachable) {
            return Optional.empty(); // as silent as a server that does not answer: the next one is asked
        }
    }

    private Optional<byte[]> byDatagram(byte[] question, Query query, InetSocketAddress server) throws IOException {
        try (DatagramChannel channel = sockets.datagram()) {
            channel.connect(server);
            channel.write(ByteBuffer.wrap(question));
            long deadline = System.nanoTime() + patience.toNanos();
            DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
            for (long left = patience.toMillis(); left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                channel.socket().setSoTimeout((int) left);
                channel.socket().receive(packet);
                byte[] reply = Arrays.copyOf(packet.getData(), packet.getLength());
                if (answers(question, query, reply)) {
                    return Optional.of(reply);
                }
                packet.setLength(LARGEST);
            }
            return Optional.empty();
        }
    }

    private Optional<byte[]> byStream(byte[] question, Query query, InetSocketAddress server) throws IOException {
        try (SocketChannel channel = sockets.stream()) {
            channel.socket().connect(server, (int) patience.toMillis());
            channel.socket().setSoTimeout((int) patience.toMillis());
            channel.write(StreamFrames.framed(question));
            InputStream in = channel.socket().getInputStream();
            byte[] reply = StreamFrames.read(new DataInputStream(in));
            return answers(question, query, reply) ? Optional.of(reply) : Optional.empty();
        }
    }

    /// Whether it has our id and repeats our question, in whatever case.
    private static boolean answers(byte[] question, Query query, byte[] reply) {
        if (reply.length < Query.HEADER + query.question().length || (reply[2] & RESPONSE) == 0
                || reply[0] != question[0] || reply[1] != question[1]) {
            return false;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(reply).position(Query.HEADER);
            return WireName.read(bytes).equals(query.name()) && bytes.remaining() >= 4
                    && Short.toUnsignedInt(bytes.getShort()) == query.type();
        } catch (MalformedMessageException nonsense) {
            return false;
        }
    }
}
