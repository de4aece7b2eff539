package io.jorch.images.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.images.model.Digest;
import io.jorch.images.unpack.UnpackException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way to break out or to harm that images.md and the tables of containerd (TestBreakouts) and moby's go-archive
/// name. Around the target lie a file and a directory that must stay as they are.
@Timeout(60)
class HostileLayerTest {
    private static final UnpackLimits SMALL = new UnpackLimits(1 << 20, 50, 16 << 10, 20);

    record Case(String name, Reason reason, byte[] layer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case refused(String name, Reason reason, TarForge forge) {
        return new Case(name, reason, forge.end());
    }

    private static TarForge tar() {
        return new TarForge();
    }

    static Stream<Case> cases() {
        return Stream.of(
                // Names that leave the root
                refused("dot-dot", Reason.BAD_NAME, tar().file("../outside", "x")),
                refused("dot-dot in the middle", Reason.BAD_NAME, tar().directory("a").file("a/../../outside", "x")),
                refused("dot-dot that would come back", Reason.BAD_NAME, tar().file("a/../b", "x")),
                refused("dot-dot after a slash", Reason.BAD_NAME, tar().file("/../outside", "x")),
                refused("dot-dot by PAX path", Reason.BAD_NAME, tar().pax("path", "../outside").file("innocent", "x")),
                refused("dot-dot by GNU long name", Reason.BAD_NAME,
                        tar().entry('L', "././@LongLink", "", "../outside\0".getBytes(StandardCharsets.UTF_8))
                                .file("innocent", "x")),
                refused("directory dot-dot", Reason.BAD_NAME, tar().directory("..")),
                refused("no name", Reason.BAD_NAME, tar().file("", "x")),
                refused("not UTF-8", Reason.BAD_NAME, tar().file("caf\u00e9", "x")),
                refused("file with a directory's name", Reason.BAD_NAME, tar().file("a/", "x")),
                // Symlinks on the way
                refused("file through a symlink to outside", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", "..").file("a/outside", "x")),
                refused("file through an absolute symlink", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", "/etc").file("a/passwd", "x")),
                refused("file through a symlink within", Reason.THROUGH_NON_DIRECTORY,
                        tar().directory("b").symlink("a", "b").file("a/c", "x")),
                refused("directory through a symlink", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", "..").directory("a/evil")),
                refused("directory in place of a symlink", Reason.TYPE_CHANGE, tar().symlink("a", "..").directory("a")),
                refused("two symlinks in a row", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", ".").symlink("b", "a/..").file("b/outside", "x")),
                refused("symlink that is replaced, then used", Reason.TYPE_CHANGE,
                        tar().directory("a").symlink("a", "..").file("a/outside", "x")),
                refused("the root itself a symlink", Reason.TYPE_CHANGE, tar().symlink(".", "/")),
                refused("the root itself a file", Reason.TYPE_CHANGE, tar().file("./.", "x")),
                refused("file in a file", Reason.THROUGH_NON_DIRECTORY, tar().file("a", "x").file("a/b", "x")),
                refused("file in a hard link to a symlink", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", "..").hardlink("b", "a").file("b/outside", "x")),
                // Hard links
                refused("hard link to dot-dot", Reason.BAD_NAME, tar().hardlink("a", "../outside")),
                refused("hard link to an absolute name", Reason.BAD_LINK, tar().hardlink("a", "/etc/passwd")),
                refused("hard link through a symlink", Reason.BAD_LINK,
                        tar().symlink("a", "..").hardlink("b", "a/outside")),
                refused("hard link to a directory", Reason.BAD_LINK, tar().directory("a").hardlink("b", "a")),
                refused("hard link to the root", Reason.BAD_LINK, tar().hardlink("b", ".")),
                refused("hard link to a later file", Reason.BAD_LINK, tar().hardlink("b", "a").file("a", "x")),
                refused("hard link to itself", Reason.BAD_LINK, tar().file("a", "x").hardlink("a", "a")),
                refused("hard link to what a whiteout hides", Reason.BAD_LINK,
                        tar().file(".wh.a", "").hardlink("b", "a")),
                refused("hard link with content", Reason.UNSUPPORTED_ENTRY,
                        tar().file("a", "x").entry('1', "b", "a", new byte[] {1})),
                // Whiteouts
                refused("whiteout of dot-dot", Reason.BAD_WHITEOUT, tar().file(".wh...", "")),
                refused("whiteout of dot", Reason.BAD_WHITEOUT, tar().file("a/.wh..", "")),
                refused("whiteout of nothing", Reason.BAD_WHITEOUT, tar().file("a/.wh.", "")),
                refused("whiteout through dot-dot", Reason.BAD_NAME, tar().file("../.wh.outside", "")),
                refused("whiteout through a symlink", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", "..").file("a/.wh.outside", "")),
                refused("opaque marker through a symlink", Reason.THROUGH_NON_DIRECTORY,
                        tar().symlink("a", "..").file("a/.wh..wh..opq", "")),
                refused("opaque marker through dot-dot", Reason.BAD_NAME, tar().file("../.wh..wh..opq", "")),
                refused("whiteout that is a symlink", Reason.BAD_WHITEOUT, tar().symlink(".wh.a", "..")),
                refused("whiteout that is a directory", Reason.BAD_WHITEOUT, tar().directory(".wh.a")),
                refused("whiteout with content", Reason.BAD_WHITEOUT, tar().file(".wh.a", "x")),
                refused("file in a whiteout", Reason.BAD_WHITEOUT, tar().file(".wh.a/b", "x")),
                // Devices, attributes, types
                refused("a forged overlay whiteout", Reason.DEVICE_FORBIDDEN, tar().device('3', "a", 0, 0)),
                refused("the machine's memory", Reason.DEVICE_FORBIDDEN, tar().device('3', "mem", 1, 1)),
                refused("the machine's disk", Reason.DEVICE_FORBIDDEN, tar().device('4', "sda", 8, 0)),
                refused("a forged opaque directory", Reason.XATTR_FORBIDDEN,
                        tar().pax("SCHILY.xattr.trusted.overlay.opaque", "y").directory("a")),
                refused("a forged redirect", Reason.XATTR_FORBIDDEN,
                        tar().pax("SCHILY.xattr.user.overlay.redirect", "/etc").directory("a")),
                refused("an unknown security xattr", Reason.XATTR_FORBIDDEN,
                        tar().pax("SCHILY.xattr.security.other", "y").file("a", "")),
                refused("a directory that becomes a file", Reason.TYPE_CHANGE, tar().directory("a").file("a", "x")),
                refused("a file that becomes a directory", Reason.TYPE_CHANGE, tar().file("a", "x").directory("a")),
                refused("an unknown type", Reason.UNSUPPORTED_ENTRY, tar().entry('Z', "a", "", new byte[0])),
                refused("a sparse file", Reason.UNSUPPORTED_ENTRY,
                        tar().pax("GNU.sparse.map", "0,1").file("a", "x")),
                refused("a sparse file that is huge", Reason.UNSUPPORTED_ENTRY,
                        tar().pax("GNU.sparse.realsize", "9000000000000000").file("a", "x")),
                refused("a global PAX header", Reason.UNSUPPORTED_ENTRY,
                        tar().entry('g', "g", "", "12 path=evil".getBytes(StandardCharsets.UTF_8)).file("a", "x")),
                refused("a symlink to nothing", Reason.BAD_LINK, tar().symlink("a", "")),
                // Bombs
                refused("too many entries", Reason.LIMIT, many(51)),
                refused("a PAX header that is too long", Reason.LIMIT,
                        tar().header('x', "pax", "", 1L << 32).file("a", "x")),
                refused("a GNU long name that is too long", Reason.LIMIT,
                        tar().entry('L', "././@LongLink", "", TarForge.filled(20_000, 'a')).file("a", "x")),
                refused("a name that is too long", Reason.LIMIT,
                        tar().pax("path", TarForge.repeat("abcdefgh/", 500)).file("a", "x")),
                refused("a component that is too long", Reason.LIMIT,
                        tar().pax("path", TarForge.repeat("a", 256)).file("a", "x")),
                refused("too deep", Reason.LIMIT, tar().pax("path", TarForge.repeat("a/", 21) + "b").file("a", "x")),
                refused("a symlink to too much", Reason.LIMIT,
                        tar().pax("linkpath", TarForge.repeat("a/", 2500)).symlink("a", "b")),
                refused("more bytes than allowed", Reason.LIMIT,
                        tar().entry('0', "a", "", new byte[(1 << 20) + 1])),
                new Case("a gzip bomb", Reason.LIMIT,
                        TarForge.gzip(tar().header('0', "a", "", 8L << 20).zeros(8 << 20).end())),
                // Malformed
                refused("a negative size", Reason.MALFORMED, tar().header('0', "a", "", -1)),
                refused("something after the end", Reason.MALFORMED,
                        tar().file("a", "x").zeros(1024).file("b", "hidden")),
                new Case("truncated content", Reason.MALFORMED, tar().header('0', "a", "", 1000).zeros(100).bytes()),
                new Case("truncated gzip", Reason.MALFORMED, truncated(TarForge.gzip(tar().file("a", "xyz").end()))),
                refused("a wrong PAX length", Reason.MALFORMED,
                        tar().entry('x', "pax", "", "99 path=a\n".getBytes(StandardCharsets.UTF_8)).file("a", "x")),
                new Case("no tar at all", Reason.MALFORMED, TarForge.filled(2048, 'q')));
    }

    private static TarForge many(int count) {
        TarForge forge = new TarForge();
        for (int i = 0; i < count; i++) {
            forge.file("f" + i, "");
        }
        return forge;
    }

    private static byte[] truncated(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length - 20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedAndTouchesNothingOutside(Case hostile, @TempDir Path directory) throws IOException {
        Path root = Files.createDirectories(directory.resolve("root"));
        Path outside = Files.writeString(directory.resolve("outside"), "untouched");
        try (NioLayerTarget target = new NioLayerTarget(root)) {
            UnpackException refused = assertThrows(UnpackException.class, () -> new LayerUnpacker(SMALL)
                    .unpack(new ByteArrayInputStream(hostile.layer()), target, Optional.empty()));
            assertEquals(hostile.reason(), refused.reason(), refused.getMessage());
        }
        assertEquals("untouched", Files.readString(outside));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(2, left.count());
        }
    }

    @ParameterizedTest
    @MethodSource("plainCases")
    void isRefusedAfterAnInnocentFileToo(Case hostile, @TempDir Path directory) throws IOException {
        byte[] innocent = new TarForge().file("innocent-first", "x").bytes();
        byte[] layer = Arrays.copyOf(innocent, innocent.length + hostile.layer().length);
        System.arraycopy(hostile.layer(), 0, layer, innocent.length, hostile.layer().length);
        NioLayerTarget target = new NioLayerTarget(directory);
        UnpackException refused = assertThrows(UnpackException.class, () -> new LayerUnpacker(SMALL)
                .unpack(new ByteArrayInputStream(layer), target, Optional.empty()));
        assertEquals(hostile.reason(), refused.reason(), refused.getMessage());
    }

    static Stream<Case> plainCases() {
        return cases().filter(hostile -> hostile.layer()[0] != 0x1f);
    }

    @ParameterizedTest
    @MethodSource("stacked")
    void aLowerLayersSymlinkIsReplacedAndNotFollowed(Case hostile, @TempDir Path directory) throws IOException {
        Path root = Files.createDirectories(directory.resolve("root"));
        Path victim = Files.createDirectories(directory.resolve("victim"));
        Files.writeString(victim.resolve("file"), "untouched");
        byte[] lower = new TarForge().symlink("a", "../victim").symlink("f", "../victim/file").end();
        for (byte[] layer : new byte[][] {lower, hostile.layer()}) {
            try (NioLayerTarget target = new NioLayerTarget(root)) {
                new LayerUnpacker(SMALL).unpack(new ByteArrayInputStream(layer), target, Optional.empty());
            }
        }
        assertEquals("untouched", Files.readString(victim.resolve("file")));
        try (Stream<Path> left = Files.list(victim)) {
            assertEquals(1, left.count());
        }
    }

    static Stream<Case> stacked() {
        return Stream.of(refused("file below the link", Reason.BAD_NAME, tar().file("a/file", "evil")),
                refused("file over the link", Reason.BAD_NAME, tar().file("f", "evil")),
                refused("whiteout below the link", Reason.BAD_NAME, tar().file("a/.wh.file", "")),
                refused("whiteout of the link", Reason.BAD_NAME, tar().file(".wh.a", "")),
                refused("opaque marker below the link", Reason.BAD_NAME, tar().file("a/.wh..wh..opq", "")),
                refused("directory over the link", Reason.BAD_NAME, tar().mode(0777).directory("a")),
                refused("symlink over the link", Reason.BAD_NAME, tar().symlink("f", "x")),
                refused("hard link over the link", Reason.BAD_NAME, tar().file("x", "evil").hardlink("f", "x")));
    }

    @org.junit.jupiter.api.Test
    void anotherDiffIdIsRefused(@TempDir Path directory) {
        Digest other = Digest.sha256(new byte[] {1});
        UnpackException refused = assertThrows(UnpackException.class, () -> new LayerUnpacker(SMALL).unpack(
                new ByteArrayInputStream(tar().file("a", "x").end()), new NioLayerTarget(directory), Optional.of(other)));
        assertEquals(Reason.DIGEST_MISMATCH, refused.reason());
    }
}
