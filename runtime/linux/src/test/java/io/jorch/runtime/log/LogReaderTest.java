package io.jorch.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import io.jorch.api.error.JorchException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class LogReaderTest {
    @TempDir
    Path directory;

    @Test
    void filesAreReadOldestFirst() throws Exception {
        write("log.2", 1, "a", "b");
        write("log.1", 2, "c");
        write("log", 3, "d", "e");
        assertEquals(List.of("a", "b", "c", "d", "e"), read(LogQuery.ALL));
        assertEquals(List.of("c", "d", "e"), read(LogQuery.ALL.last(3)));
        assertEquals(List.of(), read(LogQuery.ALL.last(0)));
        assertEquals(List.of("a", "b", "c", "d", "e"), read(LogQuery.ALL.last(99)));
    }

    @Test
    void queriesChooseStreamAndTime() throws Exception {
        write("log", 1, "a", "b", "c", "d");
        // Times are the number of the record, streams alternate.
        assertEquals(List.of("b", "c"), read(new LogQuery(-1, 2, 4, true, true, false)));
        assertEquals(List.of("a", "c"), read(new LogQuery(-1, 0, 0, true, false, false)));
        assertEquals(List.of("d"), read(new LogQuery(1, 0, 0, false, true, false)));
    }

    @Test
    void aCutRecordIsTheEnd() throws Exception {
        write("log", 1, "whole", "cut");
        Path log = directory.resolve("log");
        byte[] all = Files.readAllBytes(log);
        for (int cut = 1; cut <= 18; cut++) {
            Files.write(log, java.util.Arrays.copyOf(all, all.length - cut));
            assertEquals(List.of("whole"), read(LogQuery.ALL));
        }
        Files.write(log, new byte[0]);
        assertEquals(List.of(), read(LogQuery.ALL));
        Files.delete(log);
        assertEquals(List.of(), read(LogQuery.ALL));
    }

    @Test
    void aForeignOrBrokenFileIsRefused() throws Exception {
        Files.write(directory.resolve("log"), new byte[64]);
        assertThrows(JorchException.class, () -> read(LogQuery.ALL));
        write("log", 1, "x");
        byte[] all = Files.readAllBytes(directory.resolve("log"));
        all[LogFormat.HEADER_SIZE + 11] = 0x7f;
        Files.write(directory.resolve("log"), all);
        assertThrows(JorchException.class, () -> read(LogQuery.ALL));
    }

    @Test
    void followingGoesOnThroughRotationAndACutRecord() throws Exception {
        write("log", 1, "a");
        List<String> seen = new ArrayList<>();
        new LogReader(directory).read(LogQuery.ALL.following(), () -> seen.size() >= 6, entry -> {
            seen.add(new String(entry.bytes()));
            try {
                step(seen.size());
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
            return true;
        });
        assertEquals(List.of("a", "b", "c", "d", "e", "f"), seen);
    }

    /// What the shim does after the reader has seen so many lines.
    private void step(int seen) throws IOException {
        switch (seen) {
            case 1 -> append(record(2, "b"));
            case 2 -> {
                // Grows and is rotated away before the reader looks again.
                append(record(3, "c"));
                Files.move(directory.resolve("log"), directory.resolve("log.1"));
                write("log", 2, "d");
            }
            case 4 -> append(java.util.Arrays.copyOf(record(5, "e"), 9));
            default -> {
            }
        }
        if (seen == 4) {
            byte[] whole = record(5, "e");
            append(java.util.Arrays.copyOfRange(whole, 9, whole.length));
        }
        if (seen == 5) {
            append(record(6, "f"));
        }
    }

    private List<String> read(LogQuery query) {
        return new LogReader(directory).read(query).stream().map(entry -> new String(entry.bytes())).toList();
    }

    private void write(String name, long sequence, String... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(LogFormat.HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN).putInt(LogFormat.MAGIC)
                .putShort((short) 1).putShort((short) LogFormat.HEADER_SIZE).putLong(sequence).array());
        for (int i = 0; i < lines.length; i++) {
            out.write(record(i + 1, lines[i]));
        }
        Files.write(directory.resolve(name), out.toByteArray());
    }

    private void append(byte[] bytes) throws IOException {
        Files.write(directory.resolve("log"), bytes, StandardOpenOption.APPEND);
    }

    /// Odd times go to stdout, even ones to stderr.
    private static byte[] record(long time, String line) {
        return ByteBuffer.allocate(LogFormat.RECORD_SIZE + line.length()).order(ByteOrder.LITTLE_ENDIAN).putLong(time)
                .putInt(line.length()).put((byte) (time % 2 == 1 ? 1 : 2)).put((byte) 0).putShort((short) 0)
                .put(line.getBytes()).array();
    }
}
