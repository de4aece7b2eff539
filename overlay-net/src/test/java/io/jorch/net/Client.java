package io.jorch.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A TCP connection from inside a namespace to a [Server].
final class Client implements AutoCloseable {
    private static final int PATIENCE = 3000;

    private final Socket socket;
    private final BufferedReader reader;
    private final String greeting;

    private Client(Socket socket) throws IOException {
        this.socket = socket;
        this.reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        this.greeting = String.valueOf(reader.readLine());
    }

    static Client connect(NetworkBed bed, Path namespace, String address, int port) {
        return bed.in(namespace, () -> {
            Socket socket = new Socket();
            try {
                socket.setSoTimeout(PATIENCE);
                socket.connect(new InetSocketAddress(address, port), PATIENCE);
                return new Client(socket);
            } catch (IOException failure) {
                socket.close();
                throw failure;
            }
        });
    }

    /// What the server said: `name client-address`; or how the connection failed, e.g. `Connection refused`.
    static String ask(NetworkBed bed, Path namespace, String address, int port) {
        try (Client client = connect(bed, namespace, address, port)) {
            return client.greeting;
        } catch (RuntimeException failure) {
            return String.valueOf(failure.getCause().getMessage());
        }
    }

    String greeting() {
        return greeting;
    }

    /// Whether a line still comes back over the connection.
    boolean echoes(String line) {
        try {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return line.equals(reader.readLine());
        } catch (IOException failure) {
            return false;
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
