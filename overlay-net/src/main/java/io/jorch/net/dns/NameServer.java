package io.jorch.net.dns;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.message.NetworkMap;
import io.jorch.net.address.Ipv4;
import io.jorch.net.dns.Answering.Decision;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves names by UDP and TCP at one address. Names are answered by the thread that reads; outside names are asked on
/// a virtual thread each. What it answers by is one immutable snapshot, swapped by whoever calls [#update].
public final class NameServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NameServer.class);
    private static final int PORT = 53;
    private static final int LARGEST = 65535;
    private static final int FORWARDS_PER_TASK = 64;
    private static final int STREAMS_PER_TASK = 16;
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final int IDLE_MILLIS = 10_000;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Forwarder forwarder;
    private final Supplier<List<Ipv4>> hostNameservers;
    private final DatagramChannel datagrams;
    private final ServerSocketChannel streams;
    private final Shares forwards = new Shares(FORWARDS_PER_TASK);
    private final Shares connections = new Shares(STREAMS_PER_TASK);
    private volatile Answering answering = new Answering(Map.of(), NameTable.EMPTY);

    private NameServer(Forwarder forwarder, Supplier<List<Ipv4>> hostNameservers, DatagramChannel datagrams,
            ServerSocketChannel streams) {
        this.forwarder = forwarder;
        this.hostNameservers = hostNameservers;
        this.datagrams = datagrams;
        this.streams = streams;
    }

    /// Begins to listen at the address, which must be the node's already.
    ///
    /// @param hostNameservers asked for outside names on behalf of tasks that name none of their own
    public static NameServer start(Sockets sockets, Ipv4 address, Supplier<List<Ipv4>> hostNameservers) {
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            SocketAddress local = new InetSocketAddress(InetAddress.getByAddress(address.bytes()), PORT);
            DatagramChannel datagrams = sockets.datagram();
            opened.add(datagrams);
            datagrams.bind(local);
            ServerSocketChannel streams = sockets.server();
            opened.add(streams);
            streams.bind(local);
            NameServer server = new NameServer(new Forwarder(sockets, PORT, PATIENCE), hostNameservers, datagrams,
                    streams);
            Thread.ofVirtual().name("names-udp").start(server::readDatagrams);
            Thread.ofVirtual().name("names-tcp").start(server::acceptStreams);
            return server;
        } catch (IOException failure) {
            opened.forEach(NameServer::closeQuietly);
            throw new JorchException(ErrorCode.UNAVAILABLE, "the name service can't listen at " + address + ":" + PORT
                    + " (" + JorchException.describe(failure)
                    + "): a name server of this machine that listens on all addresses must name its own", failure);
        }
    }

    /// From now on answers by these.
    ///
    /// @param askers by address on the ingress network
    public void update(Map<Ipv4, Asker> askers, NetworkMap map) {
        answering = new Answering(Map.copyOf(askers), NameTable.of(map));
    }

    /// Other askers, the same names.
    public void update(Map<Ipv4, Asker> askers) {
        answering = new Answering(Map.copyOf(askers), answering.table());
    }

    @Override
    public void close() {
        closeQuietly(datagrams);
        closeQuietly(streams);
    }

    private void readDatagrams() {
        ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
        while (datagrams.isOpen()) {
            try {
                InetSocketAddress client = (InetSocketAddress) datagrams.receive(buffer.clear());
                serveDatagram(client, Arrays.copyOf(buffer.array(), buffer.position()));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException failure) {
                goOn("udp", failure);
            }
        }
    }

    private void serveDatagram(InetSocketAddress client, byte[] message) throws IOException {
        if (message.length < Query.HEADER) {
            return;
        }
        try {
            Query query = Query.parse(message);
            Ipv4 source = source(client);
            switch (answering.decide(source, query, NameServer::shuffled)) {
                case Decision.Answer answer -> send(client, Reply.fitting(query, answer.message()));
                case Decision.Silence() -> LOG.debug("name query from stranger source={}", source);
                case Decision.Outside(Asker asker) -> Thread.ofVirtual().start(() -> {
                    try {
                        send(client, Reply.fitting(query, forward(source, asker, query)));
                    } catch (IOException failure) {
                        LOG.debug("name reply lost error=\"{}\"", JorchException.describe(failure));
                    }
                });
            }
        } catch (MalformedMessageException nonsense) {
            if ((message[2] & 0x80) == 0) { // a response is never answered, or two servers could talk for ever
                send(client, Reply.malformed(message));
            }
        }
    }

    private void send(InetSocketAddress client, byte[] message) throws IOException {
        datagrams.send(ByteBuffer.wrap(message), client);
    }

    private byte[] forward(Ipv4 source, Asker asker, Query query) {
        if (!forwards.enter(source)) {
            return Reply.without(query, ResponseCode.SERVFAIL);
        }
        try {
            return forwarder.ask(query, asker.nameservers().orElseGet(hostNameservers))
                    .orElseGet(() -> Reply.without(query, ResponseCode.SERVFAIL));
        } finally {
            forwards.leave(source);
        }
    }

    private void acceptStreams() {
        while (streams.isOpen()) {
            try {
                SocketChannel client = streams.accept();
                Ipv4 source = source((InetSocketAddress) client.getRemoteAddress());
                if (connections.enter(source)) {
                    Thread.ofVirtual().start(() -> serveStream(client, source));
                } else {
                    client.close();
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException | RuntimeException failure) {
                goOn("tcp", failure);
            }
        }
    }

    private void serveStream(SocketChannel client, Ipv4 source) {
        try (client) {
            client.socket().setSoTimeout(IDLE_MILLIS);
            DataInputStream in = new DataInputStream(client.socket().getInputStream());
            while (true) {
                Query query = Query.parse(StreamFrames.read(in));
                switch (answering.decide(source, query, NameServer::shuffled)) {
                    case Decision.Answer answer -> client.write(StreamFrames.framed(answer.message()));
                    case Decision.Outside(Asker asker) ->
                        client.write(StreamFrames.framed(forward(source, asker, query)));
                    case Decision.Silence() -> {
                        return;
                    }
                }
            }
        } catch (IOException | MalformedMessageException ended) {
            LOG.debug("name stream ended source={} error=\"{}\"", source, JorchException.describe(ended));
        } finally {
            connections.leave(source);
        }
    }

    /// One bad query must not end the service, nor a lack of descriptors keep a core busy.
    private static void goOn(String transport, Exception failure) {
        LOG.warn("name service transport={} error=\"{}\"", transport, JorchException.describe(failure));
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    private static List<Ipv4> shuffled(List<Ipv4> addresses) {
        List<Ipv4> copy = new ArrayList<>(addresses);
        Collections.shuffle(copy, ThreadLocalRandom.current());
        return copy;
    }

    private static Ipv4 source(InetSocketAddress client) {
        return Ipv4.of(client.getAddress().getAddress());
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failure) {
            LOG.warn("name service close error=\"{}\"", JorchException.describe(failure));
        }
    }
}
