package io.jorch.manager.control.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.manager.control.fake.UnixHttp;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ControlServerTest {
    private static Vertx vertx;
    @TempDir
    Path folder;
    private final Routes routes = new Routes();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final SynchronousQueue<String> lines = new SynchronousQueue<>();
    private ControlServer server;
    private UnixHttp client;
    private Path socket;

    @BeforeAll
    static void startVertx() {
        vertx = ControlServer.leanVertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void serve() throws InterruptedException {
        routes.get("/hello/{name}", request -> Answer.text(200, request.path("name") + " " + request.version() + " "
                + request.query().text("a", "-"))).query("a");
        routes.get("/images/{name...}/json", request -> Answer.text(200, request.path("name")));
        routes.post("/echo", request -> Answer.text(200, Integer.toString(request.body().length)));
        routes.post("/upload", request -> Answer.text(200, Long.toString(count(request)))).streamed();
        routes.post("/refuse", _ -> {
            throw JorchException.conflict("no room");
        }).streamed();
        routes.get("/refused", _ -> {
            throw new JorchException(ErrorCode.UNSUPPORTED, "not here");
        });
        routes.get("/bug", _ -> {
            throw new IllegalStateException("oh");
        });
        routes.get("/lines", _ -> Answer.stream("text/plain", out -> {
            try {
                while (true) {
                    out.write(lines.take().getBytes(StandardCharsets.UTF_8));
                }
            } finally {
                ended.countDown();
            }
        }));
        routes.get("/broken", _ -> Answer.stream("text/plain", out -> {
            out.write('x');
            throw new IOException("source broke");
        }));
        socket = folder.resolve("api.sock");
        server = ControlServer.start(vertx, socket, routes, Map.of("Server", "Jorch/test"));
        client = new UnixHttp(socket);
    }

    private static long count(Request request) {
        try {
            return request.stream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException broken) {
            throw new JorchException(ErrorCode.INVALID, "upload broke", broken);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theSocketIsForItsOwnerAndGroupOnlyAndGoesWithTheServer() throws IOException {
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
        server.close();
        assertFalse(Files.exists(socket));
        assertFalse(Files.exists(folder.resolve(".api.sock.new")));
    }

    @Test
    void aSocketThatSomebodyServesIsNotTakenOver() {
        JorchException refused = assertThrows(JorchException.class,
                () -> ControlServer.start(vertx, socket, routes, Map.of()));
        assertEquals(ErrorCode.CONFLICT, refused.code());
        assertTrue(Files.exists(socket));
    }

    @Test
    void aSocketThatADeadDaemonLeftIsReplaced() throws Exception {
        Path stale = folder.resolve("stale.sock");
        try (java.nio.channels.ServerSocketChannel dead = java.nio.channels.ServerSocketChannel
                .open(java.net.StandardProtocolFamily.UNIX)) {
            dead.bind(java.net.UnixDomainSocketAddress.of(stale));
        }
        assertTrue(Files.exists(stale));
        ControlServer second = ControlServer.start(vertx, stale, routes, Map.of());
        assertEquals(200, new UnixHttp(stale).get("/hello/x").status());
        second.close();
    }

    @Test
    void aFileThatIsNoSocketIsNeverReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("notes"), "mine");
        assertEquals(ErrorCode.INVALID, assertThrows(JorchException.class,
                () -> ControlServer.start(vertx, file, routes, Map.of())).code());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void versionsFromOldestToNewestAreServedAndNoneMeansNewest() throws IOException {
        assertEquals("bob 1.41 -", client.get("/v1.41/hello/bob").text());
        assertEquals("bob 1.50 -", client.get("/v1.50/hello/bob").text());
        UnixHttp.Reply plain = client.get("/hello/bob?a=b%20c+d");
        assertEquals("bob 1.50 b c d", plain.text());
        assertEquals("1.50", plain.headers().get("api-version"));
        assertEquals("Jorch/test", plain.headers().get("server"));
    }

    @Test
    void otherVersionsAreRefusedInDockersWords() throws IOException {
        UnixHttp.Reply old = client.get("/v1.24/hello/bob");
        assertEquals(400, old.status());
        assertEquals("client version 1.24 is too old. Minimum supported API version is 1.41, please upgrade your "
                + "client to a newer version", old.message());
        assertEquals("client version 1.99 is too new. Maximum supported API version is 1.50",
                client.get("/v1.99/hello/bob").message());
    }

    @Test
    void whatIsNotInTheTableIsNotFound() throws IOException {
        UnixHttp.Reply reply = client.get("/v1.50/nothing");
        assertEquals(404, reply.status());
        assertEquals("page not found", reply.message());
        assertEquals(404, client.post("/hello/bob", "").status());
    }

    @Test
    void namesWithSlashesAndEscapesFillTheirGap() throws IOException {
        assertEquals("localhost:5000/a/b:1", client.get("/images/localhost:5000/a/b:1/json").text());
        assertEquals("a/b+c", client.get("/images/a%2Fb+c/json").text());
    }

    @Test
    void anUnknownQueryParameterIsRefusedByName() throws IOException {
        UnixHttp.Reply reply = client.get("/hello/bob?b=1");
        assertEquals(400, reply.status());
        assertTrue(reply.message().startsWith("b: is no query parameter"), reply.message());
    }

    @Test
    void failuresAreAnsweredWithTheStatusOfTheirCode() throws IOException {
        UnixHttp.Reply refused = client.get("/refused");
        assertEquals(501, refused.status());
        assertEquals("not here", refused.message());
        assertEquals("application/json", refused.headers().get("content-type"));
        assertEquals(500, client.get("/bug").status());
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws IOException {
        assertEquals("8388608", client.send("POST", "/echo", Map.of(), new byte[ControlServer.BODY_LIMIT]).text());
        UnixHttp.Reply tooLong = client.send("POST", "/echo", Map.of(), new byte[ControlServer.BODY_LIMIT + 1]);
        assertEquals(413, tooLong.status());
    }

    @Test
    void aLargeUploadIsStreamed() throws IOException {
        byte[] large = new byte[3 * ControlServer.BODY_LIMIT];
        assertEquals(Integer.toString(large.length), client.send("POST", "/upload", Map.of(), large).text());
    }

    @Test
    void anUploadThatIsRefusedEarlyStillGetsItsAnswer() throws IOException {
        UnixHttp.Reply reply = client.send("POST", "/refuse", Map.of(), new byte[ControlServer.BODY_LIMIT]);
        assertEquals(409, reply.status());
        assertEquals("no room", reply.message());
    }

    @Test
    void aQuietStreamSendsItsHeadAtOnceAndEachLineAsItComes() throws Exception {
        try (UnixHttp.Open stream = client.open("GET", "/lines", Map.of(), new byte[0])) {
            assertEquals(200, stream.status());
            lines.put("one\n");
            assertEquals("one", stream.line());
            lines.put("two\n");
            assertEquals("two", stream.line());
        }
        assertTrue(ended.await(10, TimeUnit.SECONDS), "the endpoint was not told that the client hung up");
    }

    @Test
    void closingTheServerEndsOpenStreams() throws Exception {
        try (UnixHttp.Open stream = client.open("GET", "/lines", Map.of(), new byte[0])) {
            assertEquals(200, stream.status());
            lines.put("one\n");
            assertEquals("one", stream.line());
            server.close();
            assertTrue(ended.await(10, TimeUnit.SECONDS));
            assertThrows(IOException.class, stream::line);
        }
    }

    @Test
    void aStreamThatBreaksOffIsNotTakenForWhole() throws IOException {
        try (UnixHttp.Open stream = client.open("GET", "/broken", Map.of(), new byte[0])) {
            assertEquals('x', stream.body().read());
            assertThrows(IOException.class, () -> stream.body().readAllBytes());
        }
    }

    @Test
    void filtersAreReadInBothFormsAndUnknownOnesNamed() {
        assertEquals(java.util.List.of("a", "b"), Filters.parse("{\"name\":[\"a\",\"b\"]}", java.util.List.of("name"))
                .values("name"));
        assertEquals(java.util.List.of("a"), Filters.parse("{\"name\":{\"a\":true,\"b\":false}}",
                java.util.List.of("name")).values("name"));
        JorchException unknown = assertThrows(JorchException.class,
                () -> Filters.parse("{\"colour\":[\"red\"]}", java.util.List.of("name", "_secret")));
        assertEquals("filters: invalid filter 'colour': use one of name", unknown.getMessage());
    }

    @Test
    void templatesMatchWholePathsOnly() {
        assertNull(new PathTemplate("/a/{b}").match(java.util.List.of("a")));
        assertNull(new PathTemplate("/a/{b}").match(java.util.List.of("a", "b", "c")));
        assertEquals(Map.of("b", "x/y"), new PathTemplate("/a/{b...}/c").match(java.util.List.of("a", "x", "y", "c")));
        assertNull(new PathTemplate("/a/{b...}/c").match(java.util.List.of("a", "c")));
        assertArrayEquals(new String[]{"a", "b"}, PathTemplate.split("//a//b/").toArray());
    }
}
