package io.jorch.images.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageFilter;
import io.jorch.images.Images;
import io.jorch.images.ImagesSettings;
import io.jorch.images.model.Digest;
import io.jorch.images.model.Platform;
import io.jorch.images.unpack.NioLayerTarget;
import io.jorch.images.unpack.TarForge;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Archives of images that lie about themselves. None leaves a blob or a name.
@Timeout(60)
class HostileArchiveTest {
    private static final byte[] LAYER = new TarForge().file("a", "x").end();
    private static final String CONFIG = "{\"architecture\":\"" + Platform.current().architecture()
            + "\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + Digest.sha256(LAYER) + "\"]}}";
    private static final String MANIFEST = "{\"schemaVersion\":2,\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
            + digest(CONFIG) + "\",\"size\":" + CONFIG.length()
            + "},\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"" + Digest.sha256(LAYER)
            + "\",\"size\":" + LAYER.length + "}]}";

    record Case(String name, byte[] archive) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String blob(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    private static TarForge layout(String manifest, int size) {
        return new TarForge().file("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}").file("index.json",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
                        + digest(manifest) + "\",\"size\":" + size + "}]}")
                .file(blob(digest(manifest)), manifest);
    }

    private static TarForge docker(String manifest) {
        return new TarForge().entry('0', "l/layer.tar", "", LAYER).file("c.json", CONFIG).file("manifest.json", manifest);
    }

    static Stream<Case> cases() {
        String good = "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"],\"Layers\":[\"l/layer.tar\"]}]";
        return Stream.of(new Case("nothing in it", new TarForge().end()),
                new Case("no tar", "hello".repeat(500).getBytes(StandardCharsets.UTF_8)),
                new Case("no image", docker("[]").end()),
                new Case("a layer is missing", docker(good.replace("l/layer", "m/layer")).end()),
                new Case("the config leaves it", docker(good.replace("c.json", "../../etc/passwd")).end()),
                new Case("a layer leaves it", docker(good.replace("l/layer.tar", "/etc/../../x")).end()),
                new Case("fewer layers than diff_ids", docker(good.replace("\"l/layer.tar\"", "")).end()),
                new Case("a config of another digest", new TarForge().entry('0', "l/layer.tar", "", LAYER)
                        .file("a".repeat(64) + ".json", CONFIG)
                        .file("manifest.json", good.replace("c.json", "a".repeat(64) + ".json")).end()),
                new Case("two manifests", docker(good).file("manifest.json", "[]").end()),
                new Case("two files of a name", docker(good).file("./l//layer.tar", "other").end()),
                new Case("links in a circle", docker(good.replace("l/layer", "m/layer")).symlink("m/layer.tar", "../n/layer.tar")
                        .symlink("n/layer.tar", "../m/layer.tar").end()),
                new Case("a link to outside", docker(good.replace("l/layer", "m/layer")).symlink("m/layer.tar", "../../etc/passwd").end()),
                new Case("a malformed tag", docker(good.replace("a:1", "A b")).end()),
                new Case("a device in it", docker(good).device('3', "null", 1, 3).end()),
                new Case("a blob that is not its name", layout(MANIFEST, MANIFEST.length()).file(blob(digest(CONFIG)), CONFIG + " ").end()),
                new Case("a missing blob", layout(MANIFEST, MANIFEST.length()).file(blob(digest(CONFIG)), CONFIG).end()),
                new Case("a wrong size in the index", layout(MANIFEST, 5).file(blob(digest(CONFIG)), CONFIG)
                        .entry('0', blob(Digest.sha256(LAYER)), "", LAYER).end()),
                new Case("an ambiguous manifest", whole(MANIFEST.replaceFirst("\\}$", ",\"manifests\":[]}"))),
                new Case("a config that is a layer", whole(MANIFEST.replace(digest(CONFIG).toString(), Digest.sha256(LAYER).toString())
                        .replace("\"size\":" + CONFIG.length(), "\"size\":" + LAYER.length))),
                new Case("cut off", java.util.Arrays.copyOf(docker(good).end(), 2000)));
    }

    private static byte[] whole(String manifest) {
        return layout(manifest, manifest.length()).file(blob(digest(CONFIG)), CONFIG)
                .entry('0', blob(Digest.sha256(LAYER)), "", LAYER).end();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedAndLeavesNothing(Case hostile, @TempDir Path directory) throws IOException {
        try (Images images = new Images(ImagesSettings.of(directory, NioLayerTarget::new, Set::of))) {
            assertThrows(JorchException.class, () -> images.load(new ByteArrayInputStream(hostile.archive()), _ -> {
            }));
            assertEquals(List.of(), images.list(ImageFilter.ALL));
        }
        try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
            assertEquals(List.of(), files.filter(Files::isRegularFile).toList());
        }
    }

    @org.junit.jupiter.api.Test
    void theSameArchivesWithoutTheLieAreLoaded(@TempDir Path directory) {
        try (Images images = new Images(ImagesSettings.of(directory, NioLayerTarget::new, Set::of))) {
            assertEquals(List.of("a:1"), images.load(new ByteArrayInputStream(docker(
                    "[{\"Config\":\"c.json\",\"RepoTags\":[\"a:1\"],\"Layers\":[\"m/layer.tar\"]}]")
                    .symlink("m/layer.tar", "../l/layer.tar").file("repositories", "{}").end()), _ -> {
                    }));
            assertEquals(List.of(digest(CONFIG).toString()),
                    images.load(new ByteArrayInputStream(whole(MANIFEST)), _ -> {
                    }));
        }
    }
}
