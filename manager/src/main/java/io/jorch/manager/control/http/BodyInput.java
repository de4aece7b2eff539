package io.jorch.manager.control.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A request's body as an input stream for a virtual thread. The request is paused, and the event loop hands over one
/// buffer for each that was read: at most two lie in memory.
final class BodyInput extends InputStream {
    private sealed interface Part {
    }

    private record Bytes(byte[] bytes) implements Part {
    }

    private record End() implements Part {
    }

    private record Broken(Throwable cause) implements Part {
    }

    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final HttpServerRequest request;
    private final Context loop;
    private byte[] current = new byte[0];
    private int position;
    private boolean ended;

    /// On the event loop.
    BodyInput(HttpServerRequest request) {
        this.request = request;
        this.loop = Vertx.currentContext();
        request.pause();
        request.handler((Buffer buffer) -> parts.add(new Bytes(buffer.getBytes())));
        request.endHandler(_ -> parts.add(new End()));
        request.exceptionHandler(failure -> parts.add(new Broken(failure)));
        request.fetch(2);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position == current.length) {
            if (ended) {
                return -1;
            }
            switch (take()) {
                case Bytes part -> {
                    current = part.bytes();
                    position = 0;
                    loop.runOnContext(_ -> request.fetch(1));
                }
                case End _ -> ended = true;
                case Broken broken -> throw new IOException("the upload broke off", broken.cause());
            }
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    private Part take() throws IOException {
        try {
            return parts.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the upload was cancelled");
        }
    }

    /// Lets what was not read pass by, so that the connection can be used again.
    void discard() {
        loop.runOnContext(_ -> {
            if (!request.isEnded()) {
                request.handler(_ -> {
                });
                request.resume();
            }
        });
    }
}
