package io.jorch.images.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jorch.images.model.Descriptor;
import io.jorch.images.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A registry in memory, on a loopback port, that fails as it is told to.
public final class FaultRegistry implements AutoCloseable {
    /// How an answer goes wrong.
    public enum Fault {
        NONE, UNAVAILABLE, TOO_MANY, CUT, FLIP, STALL, ALTER, HUGE, WRONG_RANGE, IGNORE_RANGE, NOT_FOUND
    }

    /// One request as it came.
    public record Seen(String method, String path, String authorization, String range) {
    }

    private final HttpServer server;
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    public final List<Seen> seen = new CopyOnWriteArrayList<>();
    public final AtomicInteger tokens = new AtomicInteger();
    /// How many requests one token is good for; 0: no token is wanted.
    public volatile int requestsPerToken;
    private final AtomicInteger leftOfToken = new AtomicInteger();
    /// Wanted as user name and password, where a token is; empty: basic isn't wanted.
    public volatile String basic = "";
    public volatile boolean digestHeader = true;
    public volatile String realm = "";
    public volatile String blobRedirect = "";

    public FaultRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        realm = "http://" + domain() + "/token";
    }

    public String domain() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public void blob(byte[] content) {
        blobs.put(Digest.sha256(content).toString(), content);
    }

    public Descriptor manifest(String type, byte[] content, String... tags) {
        Digest digest = Digest.sha256(content);
        for (String selector : tags) {
            manifests.put(selector, content);
            types.put(selector, type);
        }
        manifests.put(digest.toString(), content);
        types.put(digest.toString(), type);
        return new Descriptor(type, digest, content.length, java.util.Optional.empty(), Map.of());
    }

    /// What happens to the next requests whose path contains the text, in order.
    public FaultRegistry then(String path, Fault... next) {
        faults.computeIfAbsent(path, key -> new ConcurrentLinkedDeque<>()).addAll(Arrays.asList(next));
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            seen.add(new Seen(exchange.getRequestMethod(), path, header(exchange, "Authorization"),
                    header(exchange, "Range")));
            if (path.startsWith("/token")) {
                token(exchange);
            } else if (authorized(exchange)) {
                serve(exchange, path);
            }
        }
    }

    private void token(HttpExchange exchange) throws IOException {
        if (!basic.isEmpty() && !header(exchange, "Authorization").equals(basic)) {
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        leftOfToken.set(requestsPerToken);
        send(exchange, 200, ("{\"token\":\"t" + tokens.incrementAndGet() + "\",\"expires_in\":300}")
                .getBytes(StandardCharsets.UTF_8));
    }

    private boolean authorized(HttpExchange exchange) throws IOException {
        boolean good = requestsPerToken == 0
                ? basic.isEmpty() || header(exchange, "Authorization").equals(basic)
                : header(exchange, "Authorization").equals("Bearer t" + tokens.get()) && leftOfToken.getAndDecrement() > 0;
        if (!good) {
            exchange.getResponseHeaders().add("WWW-Authenticate", requestsPerToken == 0
                    ? "Basic realm=\"r\""
                    : "Bearer realm=\"" + realm + "\",service=\"s\",scope=\"repository:a/b:pull\"");
            exchange.sendResponseHeaders(401, -1);
        }
        return good;
    }

    private void serve(HttpExchange exchange, String path) throws IOException {
        String last = path.substring(path.lastIndexOf('/') + 1);
        Fault fault = faults.entrySet().stream().filter(entry -> path.contains(entry.getKey()))
                .map(entry -> entry.getValue().poll()).filter(java.util.Objects::nonNull).findFirst().orElse(Fault.NONE);
        boolean manifest = path.contains("/manifests/");
        byte[] content = manifest ? manifests.get(last) : blobs.get(last);
        switch (fault) {
            case UNAVAILABLE -> exchange.sendResponseHeaders(503, -1);
            case TOO_MANY -> {
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(429, -1);
            }
            case HUGE -> huge(exchange);
            case NOT_FOUND -> send(exchange, 404, "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"no\\nsuch\"}]}"
                    .getBytes(StandardCharsets.UTF_8));
            default -> {
                if (content == null) {
                    exchange.sendResponseHeaders(404, -1);
                } else if (!manifest && !blobRedirect.isEmpty()) {
                    exchange.getResponseHeaders().add("Location", blobRedirect + path);
                    exchange.sendResponseHeaders(307, -1);
                } else {
                    content(exchange, last, manifest, content, fault);
                }
            }
        }
    }

    private void content(HttpExchange exchange, String selector, boolean manifest, byte[] original, Fault fault)
            throws IOException {
        byte[] content = original.clone();
        if (fault == Fault.FLIP) {
            content[content.length / 2] ^= 1;
        } else if (fault == Fault.ALTER) {
            content = new String(content, StandardCharsets.UTF_8).replace("\"schemaVersion\":2", "\"schemaVersion\": 2")
                    .getBytes(StandardCharsets.UTF_8);
        }
        if (manifest) {
            exchange.getResponseHeaders().add("Content-Type", types.get(selector));
            exchange.getResponseHeaders().add("ETag", "\"" + Digest.sha256(original) + "\"");
            if (digestHeader) {
                exchange.getResponseHeaders().add("Docker-Content-Digest", Digest.sha256(original).toString());
            }
            if (header(exchange, "If-None-Match").equals("\"" + Digest.sha256(original) + "\"")) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(content.length));
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        String range = header(exchange, "Range");
        int from = range.isEmpty() || fault == Fault.IGNORE_RANGE
                ? 0
                : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from > 0) {
            int told = fault == Fault.WRONG_RANGE ? from - 1 : from;
            exchange.getResponseHeaders().add("Content-Range", "bytes " + told + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
        OutputStream body = exchange.getResponseBody();
        if (fault == Fault.CUT || fault == Fault.STALL) {
            body.write(content, from, (content.length - from) / 2);
            body.flush();
            if (fault == Fault.STALL) {
                await();
            }
            return;
        }
        body.write(content, from, content.length - from);
    }

    private void await() throws IOException {
        try {
            closing.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    /// 200 MB without a Content-Length.
    private static void huge(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) ' ');
        for (int i = 0; i < 200; i++) {
            exchange.getResponseBody().write(chunk);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /// How often something was asked for.
    public long count(String method, String path) {
        return seen.stream().filter(request -> request.method().equals(method) && request.path().contains(path)).count();
    }

    /// Faults that nobody ran into: a test that leaves some didn't test what it says.
    public Deque<Fault> left() {
        Deque<Fault> left = new ArrayDeque<>();
        faults.values().forEach(left::addAll);
        return left;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
