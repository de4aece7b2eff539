package io.jorch.manager.control.http;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves a table of routes on a unix socket. The event loop reads and writes; endpoints run on virtual threads.
public final class ControlServer implements AutoCloseable {
    /// 8 MiB: the longest body of a route that doesn't stream it.
    public static final int BODY_LIMIT = 8 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    /// Registry credentials come in a header, filters in the first line: both may be long.
    private static final int LINE_LIMIT = 64 << 10;
    private static final int HEADERS_LIMIT = 128 << 10;
    private static final long START_SECONDS = 10;

    private final HttpServer server;
    private final ExecutorService threads;
    private final SocketFile file;

    private ControlServer(HttpServer server, ExecutorService threads, SocketFile file) {
        this.server = server;
        this.threads = threads;
        this.file = file;
    }

    /// A Vert.x that is enough for this server: one event loop, and as few other threads as Vert.x allows.
    public static Vertx leanVertx() {
        VertxOptions options = new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1);
        options.getFileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return Vertx.vertx(options);
    }

    /// @param headers that every answer has, besides `Api-Version`
    /// @throws JorchException CONFLICT when another daemon answers on the socket; UNAVAILABLE when it can't be bound
    public static ControlServer start(Vertx vertx, Path socket, Routes routes, Map<String, String> headers)
            throws InterruptedException {
        SocketFile file = new SocketFile(socket);
        ExecutorService threads = Executors
                .newThreadPerTaskExecutor(Thread.ofVirtual().name("jorch-api-", 0).factory());
        HttpServerOptions options = new HttpServerOptions().setMaxInitialLineLength(LINE_LIMIT)
                .setMaxHeaderSize(HEADERS_LIMIT).setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true);
        HttpServer server = vertx.createHttpServer(options)
                .requestHandler(request -> new Exchange(request, routes, threads, headers).begin())
                .exceptionHandler(failure -> LOG.debug("event=connection-failed error=\"{}\"",
                        JorchException.describe(failure)));
        ControlServer started = new ControlServer(server, threads, file);
        try {
            file.prepare();
            await(server.listen(SocketAddress.domainSocketAddress(file.binding().toString())));
            file.publish();
        } catch (IOException failure) {
            started.close();
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't serve on " + socket + ": "
                    + JorchException.describe(failure), failure);
        }
        LOG.info("event=api-listening socket={}", socket);
        return started;
    }

    private static void await(Future<?> future) throws IOException, InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + START_SECONDS + " s", late);
        }
    }

    /// Ends streams that are open; the socket's file goes away.
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            await(server.close());
            file.remove();
        } catch (IOException failure) {
            LOG.warn("event=api-close-failed error=\"{}\"", JorchException.describe(failure));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
