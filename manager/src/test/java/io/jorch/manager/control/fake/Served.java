package io.jorch.manager.control.fake;

import io.jorch.manager.control.EngineApi;
import io.jorch.manager.control.http.ControlServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;

/// The whole API over fakes, served on a socket.
public final class Served implements AutoCloseable {
    public final FakeParts fakes = new FakeParts();
    public final Path socket;
    public final UnixHttp client;
    private final Vertx vertx = ControlServer.leanVertx();
    private final ControlServer server;

    public Served(Path folder) throws InterruptedException {
        socket = folder.resolve("jorch.sock");
        server = new EngineApi(fakes.parts()).serve(vertx, socket);
        client = new UnixHttp(socket);
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
