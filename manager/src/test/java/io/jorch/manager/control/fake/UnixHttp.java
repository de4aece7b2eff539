package io.jorch.manager.control.fake;

import io.jorch.api.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A client of HTTP/1.1 on a unix socket, one connection for each request.
public final class UnixHttp {
    private final Path socket;

    public UnixHttp(Path socket) {
        this.socket = socket;
    }

    /// @param headers names in lower case
    public record Reply(int status, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return Json.mapper().readTree(body);
            } catch (IOException malformed) {
                throw new AssertionError("no JSON: " + text(), malformed);
            }
        }

        public String message() {
            return json().path("message").asText();
        }
    }

    /// An answer whose body is still coming; closing it hangs up.
    public record Open(int status, Map<String, String> headers, InputStream body,
            SocketChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }

        public String line() throws IOException {
            return readLine(body);
        }
    }

    public Reply get(String path) throws IOException {
        return send("GET", path, Map.of(), new byte[0]);
    }

    public Reply delete(String path) throws IOException {
        return send("DELETE", path, Map.of(), new byte[0]);
    }

    public Reply post(String path, String json) throws IOException {
        return post(path, json, Map.of());
    }

    public Reply post(String path, String json, Map<String, String> headers) throws IOException {
        return send("POST", path, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply send(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        try (Open open = open(method, path, headers, body)) {
            return new Reply(open.status(), open.headers(),
                    method.equals("HEAD") ? new byte[0] : open.body().readAllBytes());
        }
    }

    public Open open(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: jorch\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        write(channel, head.toString().getBytes(StandardCharsets.UTF_8));
        write(channel, body);
        InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
        int status = Integer.parseInt(readLine(in).split(" ")[1]);
        Map<String, String> replied = new TreeMap<>();
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            replied.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        InputStream content = "chunked".equals(replied.get("transfer-encoding"))
                ? new Chunks(in)
                : new Fixed(in, Integer.parseInt(replied.getOrDefault("content-length", "0")));
        return new Open(status, replied, content, channel);
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("cut off after '" + line + "'");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static final class Fixed extends InputStream {
        private final InputStream in;
        private int left;

        Fixed(InputStream in, int left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left-- > 0 ? in.read() : -1;
        }
    }

    private static final class Chunks extends InputStream {
        private final InputStream in;
        private int left;
        private boolean ended;

        Chunks(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (ended) {
                return -1;
            }
            if (left == 0) {
                left = Integer.parseInt(readLine(in), 16);
                if (left == 0) {
                    readLine(in);
                    ended = true;
                    return -1;
                }
            }
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut off within a chunk");
            }
            if (--left == 0) {
                readLine(in);
            }
            return next;
        }
    }
}
