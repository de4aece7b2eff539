package io.jorch.runtime.container;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.jorch.api.error.JorchException;
import io.jorch.runtime.launch.IdRange;
import io.jorch.runtime.launch.ProcessPlan;
import io.jorch.runtime.log.LogQuery;
import io.jorch.runtime.log.LogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files and frames of version 1 stay readable: the golden ones were written by the shim and by this code.
@Timeout(20)
class FormatsTest {
    private static final ProcessPlan PROCESS = new ProcessPlan(List.of("nginx", "-g", "daemon off;"),
            List.of("LANG=C", "EMPTY="), "/srv", new ProcessPlan.User(101, 102, List.of(7, 8)), 027,
            new ProcessPlan.Capabilities(1, 2, 3, 4, 5), true,
            new ProcessPlan.Seccomp(new byte[]{6, 0, 0, 0, 0, 0, (byte) 0xff, 0x7f}),
            List.of(new ProcessPlan.Rlimit(7, 1024, -1)), 100);

    @TempDir
    Path directory;

    @Test
    void exitRecord() throws Exception {
        ExitRecord record = ExitRecord.parse(golden("exit"));
        assertEquals(new ExitRecord(14686, 805764, Instant.parse("2026-11-24T05:55:25.696411557Z"),
                new ExitStatus(3, 0, false, false, false, Instant.parse("2026-11-24T05:55:25.772717296Z")), 0), record);
        byte[] oom = golden("exit");
        oom[20] = 3;
        oom[12] = 0;
        oom[16] = 9;
        assertEquals(new ExitStatus(0, 9, true, true, false, record.status().finishedAt()),
                ExitRecord.parse(oom).status());
        oom[4] = 2;
        assertThrows(JorchException.class, () -> ExitRecord.parse(oom));
        assertThrows(JorchException.class, () -> ExitRecord.parse(Arrays.copyOf(golden("exit"), 55)));
        assertEquals(Optional.empty(), ExitRecord.read(directory));
    }

    @Test
    void containerFile() throws Exception {
        ContainerFile file = new ContainerFile(IdRange.from(200_000), PROCESS);
        assertEquals(file, ContainerFile.parse(golden("container")));
        assertArrayEquals(golden("container"), file.encode());
        for (int length = 0; length < file.encode().length; length++) {
            byte[] cut = Arrays.copyOf(file.encode(), length);
            assertThrows(IOException.class, () -> ContainerFile.parse(cut));
        }
    }

    @Test
    void shimFrame() throws Exception {
        ShimFrame exited = new ShimFrame(ShimFrame.EXITED | ShimFrame.REPLY, 9L << 32, 1234567890123456789L, 1);
        assertEquals(exited, ShimFrame.parse(ByteBuffer.wrap(golden("frame"))));
        assertArrayEquals(golden("frame"), exited.encode().array());
        assertThrows(JorchException.class, () -> ShimFrame.parse(ByteBuffer.allocate(32)));
    }

    @Test
    void log() throws Exception {
        Files.write(directory.resolve("log"), golden("log"));
        assertEquals(List.of("1 false to stdout", "2 false to stderr", "1 true no line feed"),
                new LogReader(directory).read(LogQuery.ALL).stream().map(
                        entry -> entry.stream() + " " + entry.partial() + " " + new String(entry.bytes())).toList());
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = FormatsTest.class.getResourceAsStream("/golden/container/" + name)) {
            return java.util.Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
