package io.jorch.runtime.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.images.unpack.LayerUnpacker;
import io.jorch.images.unpack.UnpackException;
import io.jorch.images.unpack.UnpackException.Reason;
import io.jorch.images.unpack.UnpackLimits;
import io.jorch.runtime.linux.Kernel;
import io.jorch.runtime.linux.MountCalls;
import io.jorch.runtime.linux.NamespaceCalls;
import io.jorch.runtime.linux.NamespaceThread;
import io.jorch.runtime.linux.NativeMemory;
import io.jorch.runtime.linux.Syscall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Archives that mean harm, unpacked onto a real disk as root by the real target: whatever they try, nothing outside of
/// the layer changes.
@Timeout(30)
class HostileLayerIT {
    @TempDir
    Path directory;

    private Path layer;
    private Path outside;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    @BeforeEach
    void prepare() throws IOException {
        layer = Files.createDirectory(directory.resolve("layer"));
        outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("victim"), "kept");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    @Test
    void namesThatLeave() throws IOException {
        file("../outside/new", "evil");
        refused(Reason.BAD_NAME);
    }

    @Test
    void aFileThroughASymlink() throws IOException {
        link("bridge", TarConstants.LF_SYMLINK, outside.toString());
        file("bridge/victim", "evil");
        refused(Reason.THROUGH_NON_DIRECTORY);
    }

    @Test
    void aFileThroughARelativeSymlinkBelowADirectory() throws IOException {
        entry("d/", TarConstants.LF_DIR);
        link("d/up", TarConstants.LF_SYMLINK, "../../outside");
        file("d/up/victim", "evil");
        refused(Reason.THROUGH_NON_DIRECTORY);
    }

    @Test
    void aHardLinkToTheHost() throws IOException {
        link("stolen", TarConstants.LF_LINK, "../outside/victim");
        refused(Reason.BAD_NAME);
    }

    @Test
    void aHardLinkThroughASymlink() throws IOException {
        link("bridge", TarConstants.LF_SYMLINK, outside.toString());
        link("stolen", TarConstants.LF_LINK, "bridge/victim");
        refused(Reason.BAD_LINK);
    }

    @Test
    void aFileWrittenThroughALinkOfItsOwnName() throws IOException {
        link("name", TarConstants.LF_SYMLINK, outside.resolve("victim").toString());
        file("name", "harmless");
        unpack(layer);
        untouched();
        assertEquals("harmless", Files.readString(layer.resolve("name")));
    }

    @Test
    void aDirectoryThatBecomesASymlink() throws IOException {
        entry("d/", TarConstants.LF_DIR);
        link("d", TarConstants.LF_SYMLINK, outside.toString());
        file("d/victim", "evil");
        assertThrows(JorchException.class, () -> unpack(layer));
        untouched();
    }

    @Test
    void aWhiteoutThroughASymlink() throws IOException {
        link("bridge", TarConstants.LF_SYMLINK, outside.toString());
        file("bridge/.wh.victim", "");
        assertThrows(JorchException.class, () -> unpack(layer));
        untouched();
    }

    @Test
    void theHostsDisk() throws IOException {
        TarArchiveEntry disk = new TarArchiveEntry("disk", TarConstants.LF_BLK);
        disk.setDevMajor(8);
        put(disk, "");
        refused(Reason.DEVICE_FORBIDDEN);
    }

    @Test
    void aForgedWhiteoutDevice() throws IOException {
        put(new TarArchiveEntry("hidden", TarConstants.LF_CHR), "");
        refused(Reason.DEVICE_FORBIDDEN);
    }

    @Test
    void attributesThatSteerOverlayfs() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("d/", TarConstants.LF_DIR);
        entry.addPaxHeader("SCHILY.xattr.trusted.overlay.redirect", "/etc");
        put(entry, "");
        refused(Reason.XATTR_FORBIDDEN);
    }

    @Test
    void labelsOfTheBuildMachineAreLeftOutAndWhiteoutsAreOurs() throws IOException {
        entry("d/", TarConstants.LF_DIR);
        TarArchiveEntry labelled = new TarArchiveEntry("d/labelled");
        labelled.setUserId(999);
        labelled.setGroupId(998);
        labelled.setMode(04755);
        labelled.addPaxHeader("SCHILY.xattr.security.selinux", "system_u:object_r:shadow_t:s0");
        labelled.addPaxHeader("SCHILY.xattr.user.note", "n");
        put(labelled, "x");
        file("d/.wh.gone", "");
        file("d/.wh..wh..opq", "");
        unpack(layer);
        Map<String, Object> made = Files.readAttributes(layer.resolve("d/labelled"), "unix:uid,gid,mode");
        assertEquals(999, made.get("uid"));
        assertEquals(998, made.get("gid"));
        assertEquals(0104755, made.get("mode"));
        assertEquals(-1, extended(layer.resolve("d/labelled"), "security.selinux"));
        assertEquals(1, extended(layer.resolve("d/labelled"), "user.note"));
        assertEquals(1, extended(layer.resolve("d"), "trusted.overlay.opaque"));
        assertEquals(0L, Files.getAttribute(layer.resolve("d/gone"), "unix:rdev", LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(layer.resolve("d/.wh.gone"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aLayerThatFillsTheDiskIsExhaustedAndCanBeThrownAway() throws IOException {
        for (int index = 0; index < 64; index++) {
            file("d" + index + "/file", "x".repeat(16 << 10));
        }
        tar.close();
        Path small = Files.createDirectory(directory.resolve("small"));
        List<String> left = NamespaceThread.runFresh(() -> {
            NamespaceCalls.unshare(NamespaceCalls.CLONE_NEWNS);
            MountCalls.mount(null, Path.of("/"), null, MountCalls.MS_REC | MountCalls.MS_PRIVATE, null);
            MountCalls.mount("tmpfs", small, "tmpfs", 0, "size=256k");
            Path tight = Files.createDirectory(small.resolve("layer"));
            JorchException full = assertThrows(JorchException.class, () -> unpack(tight));
            assertEquals(ErrorCode.EXHAUSTED, full.code(), full.getMessage());
            try (Stream<Path> tree = Files.walk(tight)) {
                tree.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
            }
            return list(small);
        });
        assertEquals(List.of(), left);
        assertEquals(List.of(), list(small));
    }

    private void refused(Reason reason) throws IOException {
        assertEquals(reason, assertThrows(UnpackException.class, () -> unpack(layer)).reason());
        untouched();
    }

    private void untouched() throws IOException {
        assertEquals(List.of("victim"), list(outside));
        assertEquals("kept", Files.readString(outside.resolve("victim")));
        assertEquals(1, Files.getAttribute(outside.resolve("victim"), "unix:nlink"));
        assertEquals(List.of("layer", "outside"), list(directory).stream().filter(name -> !name.equals("small"))
                .toList());
    }

    private void unpack(Path into) throws IOException {
        tar.close();
        try (LinuxLayerTarget target = LinuxLayerTarget.open(into)) {
            new LayerUnpacker(UnpackLimits.DEFAULT).unpack(new ByteArrayInputStream(bytes.toByteArray()), target,
                    Optional.empty());
            target.finish();
        }
    }

    private void file(String name, String content) throws IOException {
        put(new TarArchiveEntry(name, true), content);
    }

    private void entry(String name, byte type) throws IOException {
        put(new TarArchiveEntry(name, type), "");
    }

    private void link(String name, byte type, String aim) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setLinkName(aim);
        put(entry, "");
    }

    private void put(TarArchiveEntry entry, String content) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        entry.setSize(data.length);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    /// The attribute's length, or -1 if there is none.
    private static long extended(Path file, String name) {
        return Math.max(-1, Kernel.tryCall(Syscall.LGETXATTR, file.toString(), name, NativeMemory.allocate(64), 64));
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
