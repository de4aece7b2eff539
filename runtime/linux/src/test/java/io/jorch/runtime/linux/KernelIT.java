package io.jorch.runtime.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against the real kernel.
@Timeout(20)
class KernelIT {
    @TempDir
    Path directory;

    @Test
    void failureNamesStepAndErrno() {
        SyscallException failure = assertThrows(SyscallException.class,
                () -> FdCalls.open(directory.resolve("absent"), FdCalls.O_RDONLY));
        assertEquals(Errno.ENOENT, failure.errno());
        assertEquals("open " + directory.resolve("absent") + ": ENOENT (no such file or directory)",
                failure.getMessage());
    }

    @Test
    void pathsCannotLeaveTheirRoot() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("/etc"));
        try (Fd root = FdCalls.open(directory, FdCalls.O_PATH | FdCalls.O_DIRECTORY)) {
            SyscallException failure = assertThrows(SyscallException.class, () -> FdCalls.openAt2(root, "link",
                    FdCalls.O_PATH | FdCalls.O_DIRECTORY, 0, FdCalls.RESOLVE_IN_ROOT));
            assertEquals(Errno.ENOENT, failure.errno());
        }
    }

    @Test
    void sixthArgumentArrivesIntact() {
        try (Fd fd = FdCalls.sealedMemfd("six", new byte[8192], false)) {
            // mmap's sixth argument is an offset: 1 is refused, 4096 is not.
            assertEquals(-Errno.EINVAL.number(), Kernel.tryCall(Syscall.MMAP, 0, 4096, 1, 2, fd, 1));
            long address = Kernel.call(Syscall.MMAP, "mmap", 0, 4096, 1, 2, fd, 4096);
            assertEquals(0, Kernel.call(Syscall.MUNMAP, "munmap", address, 4096));
        }
    }

    @Test
    void sealedMemfdCannotBeWritten() {
        try (Fd fd = FdCalls.sealedMemfd("sealed", "content".getBytes(), true)) {
            assertTrue(fd.number() >= Fd.LOWEST);
            assertEquals(Errno.EPERM,
                    assertThrows(SyscallException.class, () -> FdCalls.write(fd, new byte[]{1})).errno());
        }
    }

    @Test
    void pipeCarriesBytesAndAwaitTimesOut() {
        Fd[] pipe = FdCalls.pipe();
        try (Fd in = pipe[0]; Fd out = pipe[1]) {
            assertFalse(FdCalls.awaitReadable(in, Duration.ofMillis(5)));
            FdCalls.write(out, new byte[]{1, 2, 3});
            assertTrue(FdCalls.awaitReadable(in, Duration.ofSeconds(5)));
            byte[] buffer = new byte[8];
            assertEquals(3, FdCalls.read(in, buffer));
            assertArrayEquals(new byte[]{1, 2, 3, 0, 0, 0, 0, 0}, buffer);
        }
    }

    @Test
    void namespaceThreadLeavesTheCallerWhereItWas() throws Exception {
        Path own = Path.of("/proc/thread-self/ns/net");
        String before = Files.readSymbolicLink(own).toString();
        String inside = NamespaceThread.runFresh(() -> {
            NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNET);
            return Files.readSymbolicLink(own).toString();
        });
        assertNotEquals(before, inside);
        assertEquals(before, Files.readSymbolicLink(own).toString());
    }
}
