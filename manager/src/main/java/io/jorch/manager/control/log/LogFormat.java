package io.jorch.manager.control.log;

import io.jorch.api.message.AgentMessage.LogLine;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// A line as Docker's clients read it: `[timestamp ][details ]text`, and unless the tasks have terminals in a frame of
/// one byte for the stream (1 stdout, 2 stderr, 3 an error of the daemon), three zeros and the length in four bytes
/// (`/containers/{id}/attach` in the specification).
///
/// @param terminal no frames
/// @param details whose line it is: `com.docker.swarm.node.id=…,com.docker.swarm.service.id=…,…task.id=…`
record LogFormat(boolean terminal, boolean timestamps, boolean details) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final int HEADER = 8;
    private static final byte STDOUT = 1;
    private static final byte STDERR = 2;
    private static final byte DAEMON = 3;

    void write(OutputStream out, LogLine line, String nodeId, String serviceId) throws IOException {
        StringBuilder text = new StringBuilder();
        if (timestamps) {
            text.append(TIME.format(line.time())).append(' ');
        }
        if (details) {
            text.append("com.docker.swarm.node.id=").append(encoded(nodeId)).append(",com.docker.swarm.service.id=")
                    .append(encoded(serviceId)).append(",com.docker.swarm.task.id=").append(encoded(line.taskId()))
                    .append(' ');
        }
        text.append(line.text());
        if (!line.text().endsWith("\n")) {
            text.append('\n');
        }
        frame(out, line.stderr() ? STDERR : STDOUT, text.toString());
    }

    /// An error after lines were sent. In a terminal's stream it can't be told from the text, so it isn't sent.
    void error(OutputStream out, String message) throws IOException {
        if (!terminal) {
            frame(out, DAEMON, message);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private void frame(OutputStream out, byte stream, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!terminal) {
            out.write(ByteBuffer.allocate(HEADER).put(stream).putInt(4, bytes.length).array());
        }
        out.write(bytes);
    }
}
