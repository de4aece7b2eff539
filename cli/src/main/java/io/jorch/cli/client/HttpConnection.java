package io.jorch.cli.client;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 exchange over a unix socket (RFC 9112). The JDK's client doesn't speak unix sockets and takes 100 ms to
/// load; this knows just what the Engine API needs: bodies by length or chunked, both ways, streamed.
final class HttpConnection implements AutoCloseable {
    private static final int LONGEST_LINE = 64 << 10;

    private final SocketChannel channel;
    private final OutputStream out;
    private final InputStream in;

    private HttpConnection(SocketChannel channel) {
        this.channel = channel;
        this.out = Channels.newOutputStream(channel);
        this.in = new BufferedInputStream(Channels.newInputStream(channel), 16 << 10);
    }

    /// @param status the status code
    /// @param headers names in lower case
    /// @param body ends with the body; closing it does not close the connection
    record Reply(int status, Map<String, String> headers, InputStream body) {
    }

    static HttpConnection open(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException failure) {
                channel.close();
                throw failure;
            }
            return new HttpConnection(channel);
        } catch (IOException failure) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "can't reach a daemon at " + socket + " ("
                    + JorchException.describe(failure) + "). Is `jorch daemon` running? Name another with --host",
                    failure);
        }
    }

    /// @param body null: none
    /// @param length of the body, -1: unknown, sent in chunks
    Reply exchange(String method, String target, Map<String, String> headers, @Nullable InputStream body,
            long length) throws IOException {
        StringBuilder head = new StringBuilder(method).append(' ').append(target)
                .append(" HTTP/1.1\r\nHost: jorch\r\nConnection: close\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body == null) {
            if (!method.equals("GET") && !method.equals("HEAD")) {
                head.append("Content-Length: 0\r\n");
            }
        } else {
            head.append(length < 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        if (body != null) {
            if (length < 0) {
                writeChunks(body);
            } else {
                body.transferTo(out);
            }
        }
        out.flush();
        return readReply(method);
    }

    private void writeChunks(InputStream body) throws IOException {
        byte[] buffer = new byte[64 << 10];
        for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
            if (count > 0) {
                out.write((Integer.toHexString(count) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(buffer, 0, count);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private Reply readReply(String method) throws IOException {
        int status;
        do {
            String line = readLine();
            if (!line.startsWith("HTTP/1.") || line.length() < 12) {
                throw new IOException("no HTTP answer: " + line);
            }
            status = Integer.parseInt(line.substring(9, 12));
            if (status == 100) {
                readHeaders();
            }
        } while (status == 100);
        Map<String, String> headers = readHeaders();
        String length = headers.get("content-length");
        InputStream body;
        if (method.equals("HEAD") || status == 204 || status == 304) {
            body = InputStream.nullInputStream();
        } else if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked")) {
            body = new ChunkedInput(in);
        } else if (length != null) {
            body = new FixedInput(in, Long.parseLong(length));
        } else {
            body = in;
        }
        return new Reply(status, headers, body);
    }

    private Map<String, String> readHeaders() throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String readLine() throws IOException {
        return readLine(in);
    }

    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.size() > LONGEST_LINE) {
                throw new IOException(next < 0 ? "the daemon closed the connection" : "a header line is too long");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
