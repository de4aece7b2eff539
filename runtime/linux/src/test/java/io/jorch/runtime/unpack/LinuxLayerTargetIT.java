package io.jorch.runtime.unpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.unpack.DeviceNode;
import io.jorch.images.unpack.EntryMetadata;
import io.jorch.images.unpack.LayerPath;
import io.jorch.runtime.linux.Errno;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.MountCalls;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.Syscall;
import io.jorch.runtime.linux.SyscallException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Layers written through the real kernel, as root.
@Timeout(30)
class LinuxLayerTargetIT {
    private static final Instant TIME = Instant.parse("2020-02-03T04:05:06.789Z");
    private static final EntryMetadata PLAIN = new EntryMetadata(0644, 0, 0, TIME, Map.of());
    /// cap_net_bind_service=ep as vfs_cap_data of revision 2 (linux/capability.h).
    private static final String NET_BIND = "0100000200040000000000000000000000000000";

    @TempDir
    Path directory;

    private Path layer;
    private LinuxLayerTarget target;

    @BeforeEach
    void open() throws IOException {
        layer = Files.createDirectory(directory.resolve("layer"));
        Files.createDirectory(directory.resolve("outside"));
        target = LinuxLayerTarget.open(layer);
    }

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void ownerModeTimeAndAttributesAreTheArchives() throws IOException {
        target.directory(path("usr"));
        target.file(path("usr/server"), new EntryMetadata(06751, 33, 4_294_967_294L, TIME,
                Map.of("security.capability", ByteBuffer.wrap(HexFormat.of().parseHex(NET_BIND)), "user.note",
                        ByteBuffer.wrap("x".getBytes(StandardCharsets.US_ASCII)))),
                content("hello"));
        target.metadata(path("usr"), new EntryMetadata(01777, 7, 8, TIME, Map.of()));
        target.finish();

        Path file = layer.resolve("usr/server");
        assertEquals("hello", Files.readString(file));
        assertEquals(06751, (int) attribute(file, "mode") & 07777);
        assertEquals(33, attribute(file, "uid"));
        assertEquals(-2, attribute(file, "gid"));
        assertEquals(FileTime.from(TIME), attribute(file, "lastModifiedTime"));
        assertArrayEquals("x".getBytes(StandardCharsets.US_ASCII), user(file, "note"));
        assertEquals(NET_BIND, attributeHex(file, "security.capability"));
        assertEquals(01777, (int) attribute(layer.resolve("usr"), "mode") & 07777);
        assertEquals(7, attribute(layer.resolve("usr"), "uid"));
        assertEquals(FileTime.from(TIME), attribute(layer.resolve("usr"), "lastModifiedTime"));
    }

    @Test
    void theRootHasMetadataToo() throws IOException {
        target.metadata(LayerPath.ROOT, new EntryMetadata(0555, 1, 2, TIME, Map.of()));
        assertEquals(0555, (int) attribute(layer, "mode") & 07777);
        assertEquals(2, attribute(layer, "gid"));
    }

    @Test
    void linksFifosAndDevicesAreWhatTheySay() throws IOException {
        target.symlink(path("link"), new EntryMetadata(0777, 5, 6, TIME, Map.of()), "../../etc/passwd");
        target.file(path("one"), PLAIN, content("1"));
        target.hardlink(path("two"), path("one"));
        target.hardlink(path("link2"), path("link"));
        target.fifo(path("fifo"), new EntryMetadata(0620, 5, 6, TIME, Map.of()));
        target.device(path("null"), new EntryMetadata(0666, 0, 0, TIME, Map.of()),
                new DeviceNode(DeviceNode.Kind.CHARACTER, 1, 3));

        assertEquals(Path.of("../../etc/passwd"), Files.readSymbolicLink(layer.resolve("link")));
        assertEquals(5, attribute(layer.resolve("link"), "uid"));
        assertEquals(FileTime.from(TIME), attribute(layer.resolve("link"), "lastModifiedTime"));
        assertEquals(attribute(layer.resolve("one"), "ino"), attribute(layer.resolve("two"), "ino"));
        assertEquals(attribute(layer.resolve("link"), "ino"), attribute(layer.resolve("link2"), "ino"));
        assertEquals(010620, (int) attribute(layer.resolve("fifo"), "mode"));
        assertEquals(020666, (int) attribute(layer.resolve("null"), "mode"));
        assertEquals(0x103L, attribute(layer.resolve("null"), "rdev"));
    }

    @Test
    void aSymlinkAsParentIsNeverFollowed() throws IOException {
        for (String aim : List.of("../outside", directory.resolve("outside").toString(), "/proc/self/root/tmp")) {
            target.symlink(path("bridge"), PLAIN, aim);
            assertRefused(() -> target.file(path("bridge/x"), PLAIN, content("evil")));
            assertRefused(() -> target.directory(path("bridge/x")));
            assertRefused(() -> target.symlink(path("bridge/x"), PLAIN, "y"));
            assertRefused(() -> target.whiteout(path("bridge/x")));
            assertRefused(() -> target.opaque(path("bridge")));
            assertRefused(() -> target.metadata(path("bridge"), PLAIN));
            assertRefused(() -> target.fifo(path("bridge/deep/x"), PLAIN));
            target.file(path("own"), PLAIN, content("1"));
            assertRefused(() -> target.hardlink(path("stolen"), path("bridge/x")));
            assertRefused(() -> target.hardlink(path("bridge/x"), path("own")));
        }
        assertEquals(List.of(), list(directory.resolve("outside")));
    }

    @Test
    void aDirectoryThatBecomesASymlinkIsNotFollowedEither() throws IOException {
        // The unpacker refuses this; the target must hold even if it did not.
        target.directory(path("d"));
        target.file(path("d/first"), PLAIN, content("1"));
        assertThrows(SyscallException.class, () -> target.symlink(path("d"), PLAIN, "../outside"));
        target.file(path("d/second"), PLAIN, content("2"));
        assertEquals("2", Files.readString(layer.resolve("d/second")));
        assertEquals(List.of(), list(directory.resolve("outside")));
    }

    @Test
    void whatIsThereIsReplacedNotWrittenThrough() throws IOException {
        Path victim = Files.writeString(directory.resolve("outside/victim"), "kept");
        target.symlink(path("name"), PLAIN, victim.toString());
        target.file(path("name"), PLAIN, content("new"));
        assertEquals("kept", Files.readString(victim));
        assertEquals("new", Files.readString(layer.resolve("name")));

        target.file(path("one"), PLAIN, content("first"));
        target.hardlink(path("two"), path("one"));
        target.file(path("one"), PLAIN, content("second"));
        assertEquals("first", Files.readString(layer.resolve("two")));

        target.symlink(path("dir"), PLAIN, "../outside");
        target.directory(path("dir"));
        assertTrue(Files.isDirectory(layer.resolve("dir"), LinkOption.NOFOLLOW_LINKS));
        target.directory(path("dir"));
    }

    @Test
    void aHardLinkToASymlinkIsTheLinkItself() throws IOException {
        Path victim = Files.writeString(directory.resolve("outside/victim"), "kept");
        target.symlink(path("link"), PLAIN, victim.toString());
        target.hardlink(path("copy"), path("link"));
        assertTrue(Files.isSymbolicLink(layer.resolve("copy")));
        assertEquals(1, attribute(victim, "nlink"));
    }

    @Test
    void fifosAreNotOpenedAndSuddenOnesDontBlock() throws IOException {
        target.fifo(path("pipe"), PLAIN);
        target.file(path("pipe"), PLAIN, content("file now"));
        assertEquals("file now", Files.readString(layer.resolve("pipe")));
    }

    @Test
    void overlayfsHidesWhatTheLayerWhitesOut() throws IOException {
        Path lower = Files.createDirectories(directory.resolve("lower"));
        Files.createDirectories(lower.resolve("opaque/old"));
        Files.createDirectories(lower.resolve("merged"));
        Files.writeString(lower.resolve("merged/kept"), "");
        Files.writeString(lower.resolve("merged/gone"), "");
        target.directory(path("merged"));
        target.whiteout(path("merged/gone"));
        target.whiteout(path("merged/gone"));
        target.file(path("merged/new"), PLAIN, content(""));
        target.directory(path("opaque"));
        target.file(path("opaque/new"), PLAIN, content(""));
        target.opaque(path("opaque"));
        target.finish();

        Path merged = Files.createDirectory(directory.resolve("view"));
        List<List<String>> seen = NamespaceThread.runFresh(() -> {
            NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNS);
            MountCalls.mount(null, Path.of("/"), null, MountCalls.MS_REC | MountCalls.MS_PRIVATE, null);
            MountCalls.mount("overlay", merged, "overlay", MountCalls.MS_RDONLY, "lowerdir=" + layer + ":" + lower);
            return List.of(list(merged.resolve("merged")), list(merged.resolve("opaque")));
        });
        assertEquals(List.of("kept", "new"), seen.get(0));
        assertEquals(List.of("new"), seen.get(1));
    }

    @Test
    void aFullDiskIsExhausted() throws IOException {
        Path small = Files.createDirectory(directory.resolve("small"));
        JorchException full = NamespaceThread.runFresh(() -> {
            NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNS);
            MountCalls.mount(null, Path.of("/"), null, MountCalls.MS_REC | MountCalls.MS_PRIVATE, null);
            MountCalls.mount("tmpfs", small, "tmpfs", 0, "size=256k");
            try (LinuxLayerTarget tight = LinuxLayerTarget.open(small)) {
                return assertThrows(JorchException.class,
                        () -> tight.file(path("big"), PLAIN, new ByteArrayInputStream(new byte[1 << 20])));
            }
        });
        assertEquals(ErrorCode.EXHAUSTED, full.code());
        assertTrue(full.getMessage().contains("ENOSPC"), full.getMessage());
    }

    @Test
    void noDescriptorIsLeftOpen() throws IOException {
        long before = list(Path.of("/proc/self/fd")).size();
        try (LinuxLayerTarget other = LinuxLayerTarget.open(layer)) {
            other.directory(path("a"));
            other.directory(path("b"));
            for (int round = 0; round < 20; round++) {
                other.file(path("a/f" + round), PLAIN, content("1"));
                other.file(path("b/f" + round), PLAIN, content("1"));
                assertThrows(SyscallException.class, () -> other.file(path("absent/f"), PLAIN, content("1")));
            }
        }
        assertTrue(list(Path.of("/proc/self/fd")).size() <= before + 1);
    }

    @Test
    void manySmallFilesAreWrittenFast() throws IOException {
        int files = 2000;
        target.directory(path("many"));
        long begin = System.nanoTime();
        for (int index = 0; index < files; index++) {
            target.file(path("many/f" + index), PLAIN, content("x"));
        }
        long micros = (System.nanoTime() - begin) / files / 1000;
        System.out.println("layer target micros-per-file=" + micros);
        assertEquals(files, list(layer.resolve("many")).size());
        assertFalse(micros > 5_000, micros + " µs a file");
    }

    /// ELOOP for a symlink on the way, ENOTDIR for one in the place of the directory itself.
    private static void assertRefused(Executable action) {
        Errno errno = assertThrows(SyscallException.class, action).errno();
        assertTrue(errno == Errno.ELOOP || errno == Errno.ENOTDIR, errno.toString());
    }

    private static LayerPath path(String value) {
        return new LayerPath(value);
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Object attribute(Path file, String name) throws IOException {
        return Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] user(Path file, String name) throws IOException {
        return (byte[]) Files.getAttribute(file, "user:" + name);
    }

    private static List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private static String attributeHex(Path file, String name) {
        NativeMemory value = NativeMemory.allocate(64);
        int length = (int) Kernel.call(Syscall.LGETXATTR, "read " + name, file.toString(), name, value, 64);
        return HexFormat.of().formatHex(value.getBytes(0, length));
    }
}
