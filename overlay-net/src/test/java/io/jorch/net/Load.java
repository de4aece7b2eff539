package io.jorch.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/// Clients in a namespace that connect, read one greeting and close, over and over.
final class Load implements AutoCloseable {
    private final AtomicLong answered = new AtomicLong();
    private final Map<String, AtomicInteger> byServer = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended;
    private volatile boolean going = true;

    private Load(int clients) {
        ended = new CountDownLatch(clients);
    }

    static Load start(NetworkBed bed, Path namespace, String address, int port, int clients) {
        Load load = new Load(clients);
        for (int client = 0; client < clients; client++) {
            Thread.ofVirtual().start(() -> bed.in(namespace, () -> {
                load.run(new InetSocketAddress(address, port));
                return true;
            }));
        }
        return load;
    }

    private void run(InetSocketAddress server) {
        byte[] buffer = new byte[64];
        while (going) {
            try (Socket socket = new Socket()) {
                socket.setSoTimeout(3000);
                socket.connect(server, 3000);
                int length = socket.getInputStream().read(buffer);
                String greeting = length < 0 ? "closed" : new String(buffer, 0, length, StandardCharsets.UTF_8);
                byServer.computeIfAbsent(greeting.split(" ", 2)[0], name -> new AtomicInteger()).incrementAndGet();
                answered.incrementAndGet();
            } catch (IOException failure) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        }
        ended.countDown();
    }

    /// Returns once this many more requests were answered (or failed).
    void awaitMore(int requests) {
        long goal = total() + requests;
        Awaitility.await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofSeconds(30))
                .until(() -> total() >= goal);
    }

    long total() {
        return answered.get() + failures.size();
    }

    Queue<String> failures() {
        return failures;
    }

    Map<String, Integer> byServer() {
        Map<String, Integer> counts = new TreeMap<>();
        byServer.forEach((server, count) -> counts.put(server, count.get()));
        return counts;
    }

    @Override
    public void close() {
        end();
    }

    /// Lets every client end its last request.
    void end() {
        going = false;
        try {
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
