package io.jorch.cli.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Calls a daemon's Engine API. Every call is a connection of its own, so the client has no state and may be used by
/// any thread. A failure is a [JorchException] with the daemon's message and a code that follows from the status.
public final class EngineClient {
    /// The version of the API that this client is written for.
    public static final String API_VERSION = "1.50";

    private final Path socket;

    public EngineClient(Path socket) {
        this.socket = socket;
    }

    public Path socket() {
        return socket;
    }

    /// A path with its query, e.g. `call("/services").with("filters", …)`.
    public static Call call(String path) {
        return new Call(path, new ArrayList<>(), new LinkedHashMap<>());
    }

    /// @param path without version; each segment encoded already
    /// @param query names and values, not yet encoded; a name may come several times
    public record Call(String path, List<Map.Entry<String, String>> query, Map<String, String> headers) {
        public Call with(String name, String value) {
            query.add(Map.entry(name, value));
            return this;
        }

        public Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        String target() {
            StringBuilder target = new StringBuilder("/v").append(API_VERSION).append(path);
            char separator = '?';
            for (Map.Entry<String, String> parameter : query) {
                target.append(separator).append(parameter.getKey()).append('=').append(encode(parameter.getValue()));
                separator = '&';
            }
            return target.toString();
        }
    }

    /// One segment of a path or one value of a query.
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(Call call) {
        return json("GET", call, null);
    }

    /// @param body written as JSON; null: none
    public JsonNode post(Call call, @Nullable Object body) {
        return json("POST", call, body);
    }

    public JsonNode delete(Call call) {
        return json("DELETE", call, null);
    }

    /// Sends a stream as the body, e.g. an image archive, and tells each JSON value of the answer as it comes.
    public void upload(Call call, InputStream body, Predicate<JsonNode> each) {
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        headers.put("Content-Type", "application/x-tar");
        try (HttpConnection connection = HttpConnection.open(socket)) {
            values(connection.exchange("POST", call.target(), headers, body, -1), each);
        } catch (IOException failure) {
            throw lost(failure);
        }
    }

    /// Tells each JSON value of a streamed answer as it comes, until the stream ends or `each` answers false.
    public void stream(String method, Call call, Predicate<JsonNode> each) {
        try (HttpConnection connection = HttpConnection.open(socket)) {
            values(connection.exchange(method, call.target(), call.headers(), null, 0), each);
        } catch (IOException failure) {
            throw lost(failure);
        }
    }

    /// Reads a raw streamed answer, e.g. logs.
    public void read(Call call, Reader reader) {
        try (HttpConnection connection = HttpConnection.open(socket)) {
            HttpConnection.Reply reply = connection.exchange("GET", call.target(), call.headers(), null, 0);
            check(reply);
            reader.read(reply.body());
        } catch (IOException failure) {
            throw lost(failure);
        }
    }

    /// Takes an answer's body as it comes.
    @FunctionalInterface
    public interface Reader {
        void read(InputStream body) throws IOException;
    }

    private JsonNode json(String method, Call call, @Nullable Object body) {
        byte[] bytes = body == null ? null : Json.write(body);
        Map<String, String> headers = new LinkedHashMap<>(call.headers());
        if (bytes != null) {
            headers.put("Content-Type", "application/json");
        }
        try (HttpConnection connection = HttpConnection.open(socket)) {
            HttpConnection.Reply reply = connection.exchange(method, call.target(), headers,
                    bytes == null ? null : new ByteArrayInputStream(bytes), bytes == null ? 0 : bytes.length);
            check(reply);
            byte[] answer = reply.body().readAllBytes();
            return answer.length == 0 || !reply.headers().getOrDefault("content-type", "").contains("json")
                    ? Json.mapper().missingNode()
                    : Json.mapper().readTree(answer);
        } catch (IOException failure) {
            throw lost(failure);
        }
    }

    private static void values(HttpConnection.Reply reply, Predicate<JsonNode> each) throws IOException {
        check(reply);
        try (JsonParser parser = Json.mapper().createParser(reply.body());
                MappingIterator<JsonNode> values = Json.mapper().readerFor(JsonNode.class).readValues(parser)) {
            while (values.hasNextValue()) {
                if (!each.test(values.nextValue())) {
                    return;
                }
            }
        }
    }

    private static void check(HttpConnection.Reply reply) throws IOException {
        if (reply.status() < 300) {
            return;
        }
        byte[] body = reply.body().readNBytes(64 << 10);
        String message;
        try {
            message = Json.mapper().readTree(body).path("message").asText("");
        } catch (IOException noJson) {
            message = new String(body, StandardCharsets.UTF_8).strip();
        }
        throw new JorchException(codeOf(reply.status()),
                message.isEmpty() ? "the daemon answered status " + reply.status() : message);
    }

    private static ErrorCode codeOf(int status) {
        return switch (status) {
            case 400 -> ErrorCode.INVALID;
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 409 -> ErrorCode.CONFLICT;
            case 501 -> ErrorCode.UNSUPPORTED;
            case 503 -> ErrorCode.UNAVAILABLE;
            case 507 -> ErrorCode.EXHAUSTED;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static JorchException lost(IOException failure) {
        return new JorchException(ErrorCode.UNAVAILABLE,
                "the connection to the daemon broke: " + JorchException.describe(failure), failure);
    }
}
