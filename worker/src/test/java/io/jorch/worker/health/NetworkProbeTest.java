package io.jorch.worker.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.worker.time.AlarmThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class NetworkProbeTest {
    private static final long SECOND = 1_000_000_000L;

    private final AlarmThread alarms = new AlarmThread();
    private final NetworkProbe probe = new NetworkProbe(
            (port, _) -> SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)), alarms);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        alarms.close();
    }

    /// Answers one request, and tells what it was.
    private java.util.concurrent.Future<String> answer(String text) {
        java.util.concurrent.FutureTask<String> task = new java.util.concurrent.FutureTask<>(() -> {
            try (Socket socket = server.accept()) {
                byte[] request = new byte[1000];
                int length = socket.getInputStream().read(request);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                return new String(request, 0, length, StandardCharsets.US_ASCII);
            }
        });
        Thread.ofVirtual().start(task);
        return task;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "HTTP/1.1 200 OK         | true",
            "HTTP/1.0 204            | true",
            "HTTP/1.1 302 Found      | true",
            "HTTP/1.1 404 Not Found  | false",
            "HTTP/1.1 503 Busy       | false",
            "HTTP/1.1 100 Continue   | false",
            "HTTP/2.0 200 OK         | false",
            "SSH-2.0-OpenSSH         | false"})
    void theStatusLineDecides(String line, boolean passes) throws Exception {
        java.util.concurrent.Future<String> request = answer(line + "\r\n\r\n");
        ProbeResult result = probe.http(server.getLocalPort(), "/ready?x=1", 5 * SECOND);
        assertEquals(passes, result.passed(), result.output());
        assertTrue(result.output().endsWith(line), result.output());
        assertTrue(request.get().startsWith("GET /ready?x=1 HTTP/1.1\r\nHost: localhost:" + server.getLocalPort() + "\r\n"));
    }

    @Test
    void aServerThatTalksNonsenseFails() throws Exception {
        answer("x".repeat(2000));
        assertFalse(probe.http(server.getLocalPort(), "/", 5 * SECOND).passed());
    }

    @Test
    void aServerThatSaysNothingFailsInTime() throws Exception {
        long before = System.nanoTime();
        ProbeResult result = probe.http(server.getLocalPort(), "/", SECOND / 5);
        assertFalse(result.passed());
        assertTrue(result.output().contains("no answer within 200 ms"), result.output());
        assertTrue(System.nanoTime() - before < 10 * SECOND);
    }

    @Test
    void aPortThatListensPassesAndOneThatDoesNotFails() throws Exception {
        int port = server.getLocalPort();
        assertTrue(probe.tcp(port, SECOND).passed());
        server.close();
        ProbeResult refused = probe.tcp(port, SECOND);
        assertFalse(refused.passed());
        assertTrue(refused.output().startsWith("tcp port " + port + ": "), refused.output());
    }
}
