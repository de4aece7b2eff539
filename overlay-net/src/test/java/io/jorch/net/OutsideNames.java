package io.jorch.net;

import io.jorch.net.dns.Messages;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A name server outside that answers 203.0.113.9 to everything: names that begin with `big` over TCP only, and those
/// that begin with `silent` never.
final class OutsideNames implements AutoCloseable {
    private final DatagramSocket datagrams;
    private final ServerSocket streams;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    private OutsideNames(DatagramSocket datagrams, ServerSocket streams) {
        this.datagrams = datagrams;
        this.streams = streams;
    }

    static OutsideNames start(NetworkBed bed, Path namespace, String address) {
        return bed.in(namespace, () -> {
            InetAddress local = InetAddress.getByName(address);
            OutsideNames names = new OutsideNames(new DatagramSocket(53, local), new ServerSocket(53, 8, local));
            Thread.ofVirtual().start(names::serveDatagrams);
            Thread.ofVirtual().start(names::serveStreams);
            return names;
        });
    }

    /// What it was asked, `udp name` or `tcp name`.
    Queue<String> asked() {
        return asked;
    }

    private void serveDatagrams() {
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                datagrams.receive(packet);
                byte[] query = Arrays.copyOf(buffer, packet.getLength());
                String name = Messages.name(query);
                asked.add("udp " + name);
                if (!name.startsWith("silent")) {
                    byte[] reply = Messages.reply(query, "203.0.113.9", name.startsWith("big"));
                    datagrams.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serveStreams() {
        try {
            while (true) {
                try (Socket client = streams.accept()) {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    byte[] query = in.readNBytes(in.readUnsignedShort());
                    asked.add("tcp " + Messages.name(query));
                    byte[] reply = Messages.reply(query, "203.0.113.9", false);
                    client.getOutputStream().write(
                            ByteBuffer.allocate(2 + reply.length).putShort((short) reply.length).put(reply).array());
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Override
    public void close() {
        datagrams.close();
        try {
            streams.close();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
