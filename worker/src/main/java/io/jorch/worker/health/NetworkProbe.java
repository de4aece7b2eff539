package io.jorch.worker.health;

import io.jorch.api.error.JorchException;
import io.jorch.worker.time.Alarms;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The tcp and http probes. The http one needs the status line only, so it is spoken by hand (RFC 9112): no client's
/// pools, redirects or threads.
public final class NetworkProbe {
    /// A status line longer than this is no HTTP.
    private static final int LONGEST_STATUS_LINE = 512;

    private final TaskDialer dialer;
    private final Alarms alarms;

    public NetworkProbe(TaskDialer dialer, Alarms alarms) {
        this.dialer = dialer;
        this.alarms = alarms;
    }

    /// @param timeout nanoseconds
    public ProbeResult tcp(int port, long timeout) throws InterruptedException {
        try (SocketChannel _ = dialer.dial(port, timeout)) {
            return ProbeResult.pass("");
        } catch (IOException | JorchException failure) {
            return ProbeResult.fail("tcp port " + port + ": " + JorchException.describe(failure));
        }
    }

    /// @param timeout nanoseconds for the connection and the answer together
    public ProbeResult http(int port, String path, long timeout) throws InterruptedException {
        long deadline = alarms.now() + timeout;
        try (SocketChannel channel = dialer.dial(port, timeout)) {
            Alarms.Alarm alarm = alarms.after(deadline - alarms.now(), () -> abort(channel));
            try {
                channel.write(ByteBuffer.wrap(request(port, path)));
                return judge(statusLine(channel), port, path);
            } finally {
                alarm.cancel();
            }
        } catch (AsynchronousCloseException aborted) {
            if (Thread.interrupted()) {
                throw new InterruptedException("probe cancelled");
            }
            return ProbeResult.fail("http port " + port + path + ": no answer within " + timeout / 1_000_000 + " ms");
        } catch (IOException | JorchException failure) {
            return ProbeResult.fail("http port " + port + path + ": " + JorchException.describe(failure));
        }
    }

    private static byte[] request(int port, String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port
                + "\r\nUser-Agent: jorch-probe\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String statusLine(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_STATUS_LINE);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n");
            if (end >= 0) {
                return text.substring(0, end);
            }
        }
        throw new IOException("answer is no HTTP");
    }

    /// `HTTP/1.1 204 No Content`
    private static ProbeResult judge(String line, int port, String path) {
        boolean wellFormed = line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?");
        boolean passed = wellFormed && (line.charAt(9) == '2' || line.charAt(9) == '3');
        return passed ? ProbeResult.pass(line) : ProbeResult.fail("http port " + port + path + ": " + line);
    }

    private static void abort(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException closing) {
            // Closing is how the probe's thread is woken: there is nothing to save on a connection given up.
            throw new JorchException(io.jorch.api.error.ErrorCode.INTERNAL, "can't close a probe's connection", closing);
        }
    }
}
