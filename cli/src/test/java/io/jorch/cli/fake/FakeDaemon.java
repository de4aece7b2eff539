package io.jorch.cli.fake;

import io.jorch.cli.Main;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A daemon that answers what it was told to, and keeps what it was asked. A path has a queue of answers; the last one
/// is given again and again.
public final class FakeDaemon implements AutoCloseable {
    /// @param target path and query, decoded, without the version
    public record Asked(String method, String target, String head, String body) {
    }

    /// What a command printed and returned.
    public record Ran(int exit, String out, String err) {
    }

    private record Answer(int status, String type, byte[] body) {
    }

    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Thread acceptor;

    public FakeDaemon(Path folder) throws IOException {
        socket = folder.resolve("d.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    public FakeDaemon answer(String methodAndPath, String json) {
        return answer(methodAndPath, 200, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    public FakeDaemon answer(String methodAndPath, int status, String type, byte[] body) {
        Queue<Answer> queue = answers.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>());
        synchronized (queue) {
            queue.add(new Answer(status, type, body));
        }
        return this;
    }

    public List<Asked> asked(String methodAndPath) {
        return asked.stream().filter(each -> (each.method() + " " + each.target().split("\\?")[0]).equals(methodAndPath))
                .toList();
    }

    public Ran run(String... line) {
        List<String> words = new ArrayList<>(List.of("--host", "unix://" + socket));
        words.addAll(List.of(line));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Main.run(words.toArray(new String[0]), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), Map.of("TAG", "1.27"));
        return new Ran(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel peer = server.accept();
                Thread.ofVirtual().start(() -> serve(peer));
            }
        } catch (ClosedChannelException closed) {
            return;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void serve(SocketChannel peer) {
        try (peer) {
            InputStream in = new BufferedInputStream(Channels.newInputStream(peer));
            String head = head(in);
            String[] first = head.split("\r\n")[0].split(" ");
            int length = 0;
            for (String line : head.split("\r\n")) {
                if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            String body = head.contains("chunked") ? new String(chunks(in), StandardCharsets.UTF_8)
                    : new String(in.readNBytes(length), StandardCharsets.UTF_8);
            String target = URLDecoder.decode(first[1], StandardCharsets.UTF_8).replaceFirst("^/v1.50", "");
            asked.add(new Asked(first[0], target, head, body));
            Answer answer = next(first[0] + " " + target.split("\\?")[0]);
            OutputStream out = Channels.newOutputStream(peer);
            out.write(("HTTP/1.1 " + answer.status() + " X\r\nContent-Type: " + answer.type() + "\r\nContent-Length: "
                    + answer.body().length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(answer.body());
            out.flush();
        } catch (IOException clientGone) {
            asked.add(new Asked("BROKEN", clientGone.toString(), "", ""));
        }
    }

    private Answer next(String methodAndPath) {
        Queue<Answer> queue = answers.get(methodAndPath);
        if (queue == null) {
            return new Answer(404, "application/json", ("{\"message\":\"nothing at " + methodAndPath + "\"}")
                    .getBytes(StandardCharsets.UTF_8));
        }
        synchronized (queue) {
            return queue.size() > 1 ? queue.remove() : queue.element();
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client closed");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            StringBuilder size = new StringBuilder();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                size.append((char) next);
            }
            int length = Integer.parseInt(size.toString().strip(), 16);
            body.write(in.readNBytes(length));
            in.readNBytes(2);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        acceptor.interrupt();
    }
}
