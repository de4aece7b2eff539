package io.jorch.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.runtime.linux.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The filter in the kernel: a small C program (compiled with `cc`, which the build needs for the shim anyway) installs
/// it as root with every capability, so that a refusal can only come from the filter.
@Timeout(60)
class SeccompIT {
    @TempDir
    static Path directory;

    private static Path probe;
    private static Path filter;

    @BeforeAll
    static void compile() throws IOException {
        Path source = directory.resolve("probe.c");
        probe = directory.resolve("probe");
        filter = directory.resolve("filter");
        try (InputStream in = SeccompIT.class.getResourceAsStream("seccomp_probe.c")) {
            Files.write(source, in.readAllBytes());
        }
        assertEquals("", run(List.of("cc", "-w", "-O1", "-o", probe.toString(), source.toString()), ""));
        Files.write(filter, SeccompProfile.defaultFilter().bytes());
    }

    @ParameterizedTest
    @CsvSource({"unshare,0x10000000,0,1", "unshare,0x20000,0,1", "unshare,0x80,0,1", "clone,0x10000011,0,1",
            "clone,0x20011,0,1", "clone3,0,0,38", "io_uring_setup,8,0,1", "io_uring_enter,0,0,1", "keyctl,0,-3,1",
            "add_key,0,0,1", "request_key,0,0,1", "bpf,0,0,1", "mount,0,0,1", "umount2,0,0,1", "fsopen,0,0,1",
            "open_tree,-100,0,1", "move_mount,0,0,1", "mount_setattr,0,0,1", "setns,0,0,1", "pivot_root,0,0,1",
            "chroot,0,0,1", "perf_event_open,0,0,1", "userfaultfd,0,0,1", "open_by_handle_at,0,0,1",
            "init_module,0,0,1", "finit_module,-1,0,1", "kexec_load,0,0,1", "syslog,10,0,1", "acct,0,0,1",
            "personality,0x40000,0,1", "socket,40,1,97", "socket,17,3,97", "socket,38,5,97", "socketpair,30,1,97",
            "ioctl,0,0x5412,1", "ioctl,0,0x100005412,1", "settimeofday,0,0,1", "swapon,0,0,1", "sethostname,0,0,1"})
    void refuses(String name, String first, String second, String errno) {
        assertEquals(errno, call(filter.toString(), name, first, second, "0"));
    }

    @Test
    void withoutTheFilterTheSameRootMayDoThem() {
        assertEquals("0", call("-", "unshare", "0x10000000", "0", "0"));
        assertEquals("0", call("-", "unshare", "0x20000", "0", "0"));
        assertNotEquals("1", call("-", "keyctl", "0", "-3", "0"));
        assertNotEquals("1", call("-", "bpf", "0", "0", "0"));
        assertNotEquals("1", call("-", "mount", "0", "0", "0"));
        assertEquals("0", call("-", "socket", "17", "3", "0"));
        assertEquals("0", call("-", "personality", "0x40000", "0", "0"));
    }

    @Test
    void netlinkIsForRoutesOnly() {
        String path = filter.toString();
        assertEquals("0", call(path, "socket", "16", "3", "0"));
        for (String protocol : List.of("4", "9", "12", "15", "16")) {
            assertEquals("93", call(path, "socket", "16", "3", protocol));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"getpid", "getuid", "sched_yield", "gettid"})
    void letsThrough(String name) {
        assertEquals("0", call(filter.toString(), name, "0", "0", "0"));
    }

    @Test
    void letsThroughThreadsProcessesAndSockets() {
        assertEquals("0", call(filter.toString(), "unshare", "0x400", "0", "0"));
        assertEquals("0", call(filter.toString(), "personality", "0xffffffff", "0", "0"));
        assertEquals("0", call(filter.toString(), "socket", "2", "1", "0"));
        assertEquals("0", call(filter.toString(), "socket", "10", "2", "0"));
        assertEquals("25", call(filter.toString(), "ioctl", "0", "0x5413", "0"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 335 + 5, 512, 547, 0x40000027L, 0x40000000L, 0x7fffffffL})
    void unknownNumbersAreAbsent(long number) {
        assertEquals("38", probe(filter.toString(), number + " 0 0 0\n"));
    }

    @Test
    void the32BitEntryKills() {
        if (Architecture.current() != Architecture.X86_64) {
            System.out.println("the32BitEntryKills: this architecture's probe has no 32-bit entry to try");
            return;
        }
        // A kernel built without the 32-bit entry answers SIGSEGV, filter or not: nothing to get past there.
        String without = probe("-", "-1 0 0 0\n");
        assertEquals(without.equals("signal 11") ? "signal 11" : "signal 31",
                probe(filter.toString(), "-1 0 0 0\n"));
    }

    @Test
    void aShellPipelineRunsUnderIt() {
        assertEquals("3", run(List.of(probe.toString(), filter.toString(), "--", "sh", "-c",
                "cd /; printf '1\\n2\\n3\\n' | sort -r | head -n1; mkdir -p " + directory.resolve("d/e")
                        + " && ls -la / >/dev/null && chmod 700 " + directory.resolve("d")),
                "").strip());
    }

    @Test
    void aJvmRunsUnderIt() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output = run(List.of(probe.toString(), filter.toString(), "--", java, "-Xmx64m", "-version"), "");
        assertTrue(output.contains("version"), output);
    }

    private static String call(String installed, String name, String first, String second, String third) {
        int number = SyscallTable.get().number(name, Architecture.current());
        return probe(installed, number + " " + first + " " + second + " " + third + "\n");
    }

    private static String probe(String installed, String calls) {
        return run(List.of(probe.toString(), installed), calls).strip();
    }

    private static String run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true).start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
