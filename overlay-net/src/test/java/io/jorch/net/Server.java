package io.jorch.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A TCP server in a namespace. To each connection it says who it is and whom it sees, `a 192.0.2.2`, and then echoes
/// until the client ends.
final class Server implements AutoCloseable {
    private final ServerSocket socket;
    private final String name;

    private Server(ServerSocket socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    static Server start(NetworkBed bed, Path namespace, String name, String address, int port) {
        ServerSocket socket = bed.in(namespace,
                () -> new ServerSocket(port, 512, InetAddress.getByName(address)));
        Server server = new Server(socket, name);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> answer(client));
            }
        } catch (SocketException closed) {
            // the test is over
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void answer(Socket client) {
        try (client) {
            String peer = ((InetSocketAddress) client.getRemoteSocketAddress()).getAddress().getHostAddress();
            OutputStream out = client.getOutputStream();
            out.write((name + " " + peer + "\n").getBytes(StandardCharsets.UTF_8));
            client.getInputStream().transferTo(out);
        } catch (IOException gone) {
            // the client went away: its own side asserts what it saw
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
