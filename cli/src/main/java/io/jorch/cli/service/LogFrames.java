package io.jorch.cli.service;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Docker's multiplexed stream (`application/vnd.docker.multiplexed-stream`): frames of an 8-byte head (stream 1 or 2,
/// three zeros, length big-endian) and a piece of output. Frames needn't end with a line; lines are put together per
/// stream.
final class LogFrames {
    private static final int MOST_BYTES = 16 << 20;
    private static final int STDERR = 2;
    /// The daemon's own words when it can't go on.
    private static final int SYSTEM_ERROR = 3;

    private LogFrames() {
    }

    /// Takes a line without its end.
    @FunctionalInterface
    interface Sink {
        void line(boolean stderr, String line) throws IOException;
    }

    /// Reads to the end of the stream.
    static void read(InputStream in, Sink sink) throws IOException {
        DataInputStream frames = new DataInputStream(in);
        ByteArrayOutputStream[] rest = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        for (int stream = frames.read(); stream >= 0; stream = frames.read()) {
            if (stream > SYSTEM_ERROR || frames.readNBytes(3).length < 3) {
                throw new IOException("the log stream has a frame of kind " + stream + ": not a log stream");
            }
            int length = frames.readInt();
            if (length < 0 || length > MOST_BYTES) {
                throw new IOException("the log stream has a frame of " + length + " bytes");
            }
            byte[] piece = frames.readNBytes(length);
            if (piece.length < length) {
                throw new EOFException("the log stream ended within a line");
            }
            if (stream == SYSTEM_ERROR) {
                throw new IOException(new String(piece, StandardCharsets.UTF_8).strip());
            }
            boolean stderr = stream == STDERR;
            lines(piece, rest[stderr ? 1 : 0], stderr, sink);
        }
        for (int i = 0; i < rest.length; i++) {
            if (rest[i].size() > 0) {
                sink.line(i == 1, rest[i].toString(StandardCharsets.UTF_8));
            }
        }
    }

    /// A stream without frames, as of a task with a terminal.
    static void readRaw(InputStream in, Sink sink) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 << 10];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            lines(java.util.Arrays.copyOf(buffer, count), rest, false, sink);
        }
        if (rest.size() > 0) {
            sink.line(false, rest.toString(StandardCharsets.UTF_8));
        }
    }

    private static void lines(byte[] piece, ByteArrayOutputStream rest, boolean stderr, Sink sink)
            throws IOException {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                rest.write(piece, start, i - start);
                sink.line(stderr, rest.toString(StandardCharsets.UTF_8));
                rest.reset();
                start = i + 1;
            }
        }
        rest.write(piece, start, piece.length - start);
    }
}
