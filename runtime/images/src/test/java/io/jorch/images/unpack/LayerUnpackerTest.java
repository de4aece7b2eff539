package io.jorch.images.unpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.airlift.compress.v3.zstd.ZstdOutputStream;
import io.jorch.images.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LayerUnpackerTest {
    @TempDir
    Path root;

    private UnpackReport unpack(byte[] layer) throws IOException {
        try (NioLayerTarget target = new NioLayerTarget(root)) {
            return new LayerUnpacker(UnpackLimits.DEFAULT).unpack(new ByteArrayInputStream(layer), target, Optional.empty());
        }
    }

    private int attribute(String file, String name) throws IOException {
        return (Integer) Files.getAttribute(root.resolve(file), "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void filesKeepOwnerModeAndTime() throws IOException {
        byte[] tar = new TarForge().owner(1000, 1001).mode(04755).file("bin/tool", "#!").mode(0644)
                .symlink("bin/link", "/absolute").hardlink("bin/same", "bin/tool").end();
        UnpackReport report = unpack(tar);
        assertEquals(04755, attribute("bin/tool", "mode") & 07777);
        assertEquals(1000, attribute("bin/tool", "uid"));
        assertEquals(1001, attribute("bin/link", "gid"));
        assertEquals(1_000_000_000L, Files.getLastModifiedTime(root.resolve("bin/tool")).toInstant().getEpochSecond());
        assertEquals("/absolute", Files.readSymbolicLink(root.resolve("bin/link")).toString());
        assertTrue(Files.isSameFile(root.resolve("bin/same"), root.resolve("bin/tool")));
        assertEquals(List.of(LayerPath.ROOT, new LayerPath("bin")), report.implicitDirectories());
        assertEquals(2, report.fileBytes());
        assertEquals(Digest.sha256(tar), report.diffId());
    }

    @Test
    void aDirectorysTimeIsSetAfterItsContent() throws IOException {
        unpack(new TarForge().directory("./").directory("./d").modified(2_000_000_000L).file("d/f", "x").end());
        assertEquals(1_000_000_000L, Files.getLastModifiedTime(root.resolve("d")).toInstant().getEpochSecond());
        assertEquals(1_000_000_000L, Files.getLastModifiedTime(root).toInstant().getEpochSecond());
    }

    @Test
    void absoluteNamesAreTakenFromTheRoot() throws IOException {
        unpack(new TarForge().file("/etc//./passwd", "x").end());
        assertEquals("x", Files.readString(root.resolve("etc/passwd")));
    }

    @Test
    void theLastOfTwoFilesWinsAndAnEarlierHardLinkKeepsTheFirst() throws IOException {
        unpack(new TarForge().file("a", "first").hardlink("b", "a").file("a", "second").end());
        assertEquals("second", Files.readString(root.resolve("a")));
        assertEquals("first", Files.readString(root.resolve("b")));
    }

    @Test
    void whiteoutsTakeAwayWhatLowerLayersHave() throws IOException {
        unpack(new TarForge().file("a", "1").file("d/x", "1").file("d/y", "1").file("e/f/g", "1").end());
        unpack(new TarForge().file(".wh.a", "").file("d/new", "2").file("d/.wh..wh..opq", "").file("e/.wh.f", "").end());
        assertFalse(Files.exists(root.resolve("a")));
        assertFalse(Files.exists(root.resolve("d/x")));
        assertEquals("2", Files.readString(root.resolve("d/new")));
        assertTrue(Files.isDirectory(root.resolve("e")));
        assertFalse(Files.exists(root.resolve("e/f")));
    }

    @Test
    void aFileInTheLayerOutlivesItsOwnWhiteoutInEitherOrder() throws IOException {
        unpack(new TarForge().file("a", "1").file("d/x", "1").end());
        unpack(new TarForge().file("a", "2").file(".wh.a", "").file(".wh.d", "").file("d/y", "2").end());
        assertEquals("2", Files.readString(root.resolve("a")));
        assertFalse(Files.exists(root.resolve("d/x")));
        assertEquals("2", Files.readString(root.resolve("d/y")));
    }

    @Test
    void aFileReplacesALowerLayersDirectory() throws IOException {
        unpack(new TarForge().file("d/x", "1").end());
        unpack(new TarForge().file("d", "2").end());
        assertEquals("2", Files.readString(root.resolve("d")));
    }

    @Test
    void gzipOfManyMembersAndZstdAreReadToTheEnd() throws IOException {
        byte[] tar = new TarForge().file("a", "x".repeat(5000)).file("b", "y").end();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int from = 0; from < tar.length; from += 700) {
            members.writeBytes(TarForge.gzip(java.util.Arrays.copyOfRange(tar, from, Math.min(tar.length, from + 700))));
        }
        assertEquals(Digest.sha256(tar), unpack(members.toByteArray()).diffId());
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (ZstdOutputStream output = new ZstdOutputStream(zstd)) {
            output.write(tar);
        }
        assertEquals(Digest.sha256(tar), unpack(zstd.toByteArray()).diffId());
    }

    @Test
    void anArchiveWithoutItsLastPaddingAndEndIsTakenAndOneThatEndsInAFileIsNot() throws IOException {
        byte[] whole = new TarForge().file("a", "12345").bytes();
        assertEquals(1, unpack(java.util.Arrays.copyOf(whole, 512 + 5)).entries());
        assertEquals(1, unpack(whole).entries());
        assertThrows(UnpackException.class, () -> unpack(java.util.Arrays.copyOf(whole, 512 + 4)));
        assertThrows(UnpackException.class, () -> unpack(java.util.Arrays.copyOf(whole, 500)));
    }

    @Test
    void binaryXattrsReachTheTargetUnchanged() {
        byte[] capability = {1, 0, 0, 2, (byte) 0x80, (byte) 0xff, 0, 0, 0, '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        Recording target = new Recording();
        new LayerUnpacker(UnpackLimits.DEFAULT).unpack(new ByteArrayInputStream(new TarForge()
                .file("first", "x").pax("SCHILY.xattr.security.capability", capability).file("ping", "x")
                .pax("SCHILY.xattr.security.selinux", "label").pax("SCHILY.xattr.user.a", "b").file("other", "x").end()), target, Optional.empty());
        ByteBuffer value = target.xattrs.get("ping").get("security.capability").duplicate();
        byte[] read = new byte[value.remaining()];
        value.get(read);
        assertArrayEquals(capability, read);
        // A second PAX header replaces the first.
        assertEquals(Set.of("user.a"), target.xattrs.get("other").keySet());
    }

    @Test
    void harmlessDevicesFifosAndWhiteoutsAreToldToTheTarget() {
        Recording target = new Recording();
        new LayerUnpacker(UnpackLimits.DEFAULT).unpack(new ByteArrayInputStream(new TarForge()
                .device('3', "dev/null", 1, 3).entry('6', "run/fifo", "", new byte[0]).file("etc/.wh.old", "")
                .file("var/.wh..wh..opq", "").file(".wh..wh.aufs", "").end()), target, Optional.empty());
        assertEquals(List.of("directory dev", "device dev/null 1:3", "directory run", "fifo run/fifo", "directory etc",
                "whiteout etc/old", "directory var", "opaque var"), target.calls);
    }

    @Test
    void aFullDiskIsTold() {
        Recording target = new Recording() {
            @Override
            public void file(LayerPath path, EntryMetadata metadata, InputStream content) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        UnpackException full = assertThrows(UnpackException.class, () -> new LayerUnpacker(UnpackLimits.DEFAULT)
                .unpack(new ByteArrayInputStream(new TarForge().file("a", "x").end()), target, Optional.empty()));
        assertEquals(UnpackException.Reason.DISK_FULL, full.reason());
    }

    private static class Recording implements LayerTarget {
        final List<String> calls = new ArrayList<>();
        final Map<String, Map<String, ByteBuffer>> xattrs = new HashMap<>();

        @Override
        public void directory(LayerPath path) {
            calls.add("directory " + path);
        }

        @Override
        public void metadata(LayerPath directory, EntryMetadata metadata) {
            calls.add("metadata " + directory);
        }

        @Override
        public void file(LayerPath path, EntryMetadata metadata, InputStream content) throws IOException {
            calls.add("file " + path + " " + content.readAllBytes().length);
            xattrs.put(path.value(), metadata.xattrs());
        }

        @Override
        public void symlink(LayerPath path, EntryMetadata metadata, String text) {
            calls.add("symlink " + path + " " + text);
        }

        @Override
        public void hardlink(LayerPath path, LayerPath existing) {
            calls.add("hardlink " + path + " " + existing);
        }

        @Override
        public void device(LayerPath path, EntryMetadata metadata, DeviceNode device) {
            calls.add("device " + path + " " + device.major() + ":" + device.minor());
        }

        @Override
        public void fifo(LayerPath path, EntryMetadata metadata) {
            calls.add("fifo " + path);
        }

        @Override
        public void whiteout(LayerPath path) {
            calls.add("whiteout " + path);
        }

        @Override
        public void opaque(LayerPath directory) {
            calls.add("opaque " + directory);
        }

        @Override
        public void finish() {
            calls.add("finish");
        }

        @Override
        public void close() {
            calls.add("close");
        }
    }
}
