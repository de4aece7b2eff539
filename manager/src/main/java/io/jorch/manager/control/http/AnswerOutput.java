package io.jorch.manager.control.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;

/// A streamed answer as an output stream for a virtual thread: each write waits until the bytes went to the socket, so
/// a slow client holds back who writes, and memory stays bounded.
final class AnswerOutput extends OutputStream {
    private final HttpServerResponse response;

    AnswerOutput(HttpServerResponse response) {
        this.response = response;
    }

    /// Sends the status line and the headers, which clients of a quiet stream wait for.
    void head() throws IOException {
        await(response.writeHead());
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[]{(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            await(response.write(Buffer.buffer(Arrays.copyOfRange(bytes, offset, offset + length))));
        }
    }

    private static void await(Future<Void> written) throws IOException {
        try {
            written.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException failure) {
            throw new IOException("the client is gone", failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the client is gone");
        }
    }
}
