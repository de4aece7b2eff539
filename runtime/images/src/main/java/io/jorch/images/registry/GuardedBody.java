package io.jorch.images.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// A response's body that is closed when no byte comes for too long: `HttpRequest.timeout` ends with the headers.
final class GuardedBody extends FilterInputStream {
    private final Duration stall;
    private final ScheduledFuture<?> watch;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean reading;
    private volatile boolean stalled;

    GuardedBody(InputStream body, Duration stall, ScheduledExecutorService clock) {
        super(body);
        this.stall = stall;
        long period = Math.max(1, stall.toMillis() / 4);
        this.watch = clock.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    private void look() {
        // A slow disk on our side is not the registry's stall.
        if (reading && System.nanoTime() - lastByte > stall.toNanos()) {
            stalled = true;
            try {
                in.close();
            } catch (IOException alreadyBroken) {
                // The reader is told by its own exception.
                return;
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        lastByte = System.nanoTime();
        reading = true;
        try {
            int read = super.read(bytes, offset, length);
            if (read < 0 && stalled) {
                throw new IOException("no byte came for " + stall.toMillis() + " ms");
            }
            return read;
        } catch (IOException failure) {
            throw stalled ? new IOException("no byte came for " + stall.toMillis() + " ms", failure) : failure;
        } finally {
            reading = false;
        }
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }
}
