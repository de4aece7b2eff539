package io.jorch.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageDeleteItem;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.ImageInspect;
import io.jorch.api.image.ImageSummary;
import io.jorch.api.image.ImportRequest;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.images.archive.LoadedImage;
import io.jorch.images.model.Digest;
import io.jorch.images.unpack.NioLayerTarget;
import io.jorch.images.unpack.TarForge;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ImagesTest {
    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path directory;
    private final Set<Digest> inUse = ConcurrentHashMap.newKeySet();
    private Images images;

    @BeforeEach
    void open() {
        images = open("images");
    }

    private Images open(String name) {
        return new Images(ImagesSettings.of(directory.resolve(name), NioLayerTarget::new, () -> Set.copyOf(inUse)));
    }

    @AfterEach
    void close() {
        images.close();
    }

    private LoadedImage base() {
        return images.build("base:1", Optional.empty(), THEN, builder -> builder
                .layer("base", layer -> layer.directory("tmp", 01777).file("etc/version", 0644, "1".getBytes(StandardCharsets.UTF_8))
                        .file("bin/tool", 0755, new byte[1000]).symlink("lib", "usr/lib"))
                .config(builder.changes().cmd("/bin/tool").env("A", "1").label("team", "x").expose("80").build()));
    }

    private LoadedImage derived() {
        base();
        return images.build("web:2", Optional.of("base:1"), THEN.plusSeconds(60), builder -> builder
                .layer("change", layer -> layer.file("etc/version", 0644, "2".getBytes(StandardCharsets.UTF_8)).delete("bin/tool"))
                .config(builder.changes().entrypoint("/bin/sh").build()));
    }

    private Set<String> blobs() throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.walk(directory.resolve("images/blobs"))) {
            files.filter(Files::isRegularFile).forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    private static List<Path> children(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }

    private UnpackedImage prepare(String name) {
        return images.prepare(new ImagePin(name, "", List.of()), RegistryCredential.ANONYMOUS, _ -> {
        });
    }

    @Test
    void aTwoLayerImageIsBuiltTheSameEachTimeAndUnpacked() throws IOException {
        LoadedImage first = derived();
        assertEquals(first, derived());
        ImageInspect inspect = images.inspect("web:2");
        assertEquals(List.of("/bin/sh"), inspect.config().entrypoint());
        assertEquals(List.of("A=1"), inspect.config().env());
        assertEquals(2, inspect.rootFs().layers().size());
        assertEquals(List.of("change", "base"), images.history("web:2").stream().map(item -> item.createdBy()).toList());
        images.unpack("web:2", directory.resolve("flat"));
        assertEquals("2", Files.readString(directory.resolve("flat/etc/version")));
        assertFalse(Files.exists(directory.resolve("flat/bin/tool")));
        assertTrue(Files.isDirectory(directory.resolve("flat/bin")));
        assertEquals(01777, (Integer) Files.getAttribute(directory.resolve("flat/tmp"), "unix:mode") & 07777);
    }

    @Test
    void layersAreSharedAndDirectoriesThatALayerOnlyUsesInheritTheirMetadata() throws IOException {
        images.importRootfs(new ImportRequest("below:1", List.of(), "", ""),
                new ByteArrayInputStream(new TarForge().mode(01777).owner(7, 8).entry('5', "tmp", "", new byte[0]).end()));
        images.build("above:1", Optional.of("below:1"), THEN,
                builder -> builder.layer("x", layer -> layer.file("other", 0644, new byte[0])));
        byte[] upper = new TarForge().file("tmp/x", "1").file("new/y", "2").end();
        try (UnpackedImage _ = prepare("above:1")) {
            // A layer that holds no entry for the directories it uses, as some builders write them.
            byte[] archive = twoLayers(new TarForge().mode(01777).owner(7, 8).entry('5', "tmp", "", new byte[0]).end(), upper);
            images.load(new ByteArrayInputStream(archive), _ -> {
            });
        }
        try (UnpackedImage image = prepare("two:layers")) {
            Path tmp = image.layers().getLast().resolve("tmp");
            assertEquals(01777, (Integer) Files.getAttribute(tmp, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777);
            assertEquals(7, Files.getAttribute(tmp, "unix:uid"));
            assertEquals(0755, (Integer) Files.getAttribute(image.layers().getLast().resolve("new"), "unix:mode") & 07777);
        }
    }

    private static byte[] twoLayers(byte[] lower, byte[] upper) {
        String config = "{\"architecture\":\"" + io.jorch.images.model.Platform.current().architecture()
                + "\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + Digest.sha256(lower) + "\",\""
                + Digest.sha256(upper) + "\"]}}";
        return new TarForge().entry('0', "a/layer.tar", "", lower).entry('0', "b/layer.tar", "", upper)
                .file("c.json", config)
                .file("manifest.json", "[{\"Config\":\"c.json\",\"RepoTags\":[\"two:layers\"],\"Layers\":[\"a/layer.tar\",\"b/layer.tar\"]}]")
                .end();
    }

    @Test
    void namesListTagAndRemove() throws IOException {
        LoadedImage image = base();
        images.tag("base:1", "localhost:5000/other");
        assertEquals(List.of("base:1", "localhost:5000/other:latest"), images.inspect(image.id().hex().substring(0, 12)).repoTags());
        assertEquals(ErrorCode.CONFLICT, assertThrows(JorchException.class, () -> images.remove(image.id().hex(), false)).code());
        assertEquals(List.of(ImageDeleteItem.ofName("base:1")), images.remove("base:1", false));
        inUse.add(image.root().digest());
        assertEquals(ErrorCode.CONFLICT,
                assertThrows(JorchException.class, () -> images.remove("localhost:5000/other", true)).code());
        inUse.clear();
        assertEquals(List.of(ImageDeleteItem.ofName("localhost:5000/other:latest"), ImageDeleteItem.ofId(image.id().toString())),
                images.remove(image.id().toString(), false));
        assertEquals(Set.of(), blobs());
        assertEquals(ErrorCode.NOT_FOUND, assertThrows(JorchException.class, () -> images.inspect("base:1")).code());
    }

    @Test
    void aTagThatMovesLeavesTheOldImageToTheCollector() throws IOException {
        LoadedImage old = base();
        Set<String> before = blobs();
        images.build("base:1", Optional.empty(), THEN.plusSeconds(1), builder -> builder.layer("new", layer -> layer.file("a", 0644, new byte[1])));
        assertEquals(0, images.collect(Set.of(old.root().digest())).blobs());
        assertTrue(blobs().containsAll(before));
        assertEquals(3, images.collect(Set.of()).blobs());
        assertEquals(3, blobs().size());
    }

    @Test
    void theCollectorLeavesWhatIsPreparedAndTakesItAfterwards() throws IOException {
        base();
        UnpackedImage prepared = prepare("base:1");
        images.build("base:1", Optional.empty(), THEN.plusSeconds(1), builder -> builder.layer("new", layer -> layer.file("a", 0644, new byte[1])));
        assertEquals(0, images.collect(Set.of()).layers());
        assertTrue(Files.exists(prepared.layers().getFirst().resolve("etc/version")));
        prepared.close();
        assertEquals(1, images.collect(Set.of()).layers());
        assertEquals(List.of(), children(directory.resolve("images/layers")));
    }

    @Test
    void filtersChoose() {
        derived();
        assertEquals(List.of("web:2"), tags(Map.of("reference", List.of("w*"))));
        assertEquals(List.of("base:1"), tags(Map.of("before", List.of("web:2"))));
        assertEquals(List.of("web:2"), tags(Map.of("since", List.of("base:1"))));
        assertEquals(List.of("web:2", "base:1"), tags(Map.of("label", List.of("team=x"))));
        assertEquals(List.of(), tags(Map.of("label!", List.of("team"))));
        assertEquals(List.of(), tags(Map.of("dangling", List.of("true"))));
        assertEquals(List.of("base:1"), tags(Map.of("until", List.of("2026-01-02T03:04:30Z"))));
        assertEquals(ErrorCode.INVALID, assertThrows(JorchException.class, () -> tags(Map.of("colour", List.of("red")))).code());
        ImageSummary web = images.list(new ImageFilter(Map.of("reference", List.of("web")), true)).getFirst();
        assertTrue(web.sharedSize() > 0 && web.sharedSize() < web.size(), web.toString());
    }

    private List<String> tags(Map<String, List<String>> terms) {
        return images.list(new ImageFilter(terms, false)).stream().flatMap(image -> image.repoTags().stream()).toList();
    }

    @Test
    void whatIsSavedIsLoadedAgainByTheSameNamesAndDigests() throws IOException {
        LoadedImage web = derived();
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        images.save(List.of("web", "base:1"), archive);
        try (Images other = open("other")) {
            assertEquals(List.of("web:2", "base:1"), other.load(new ByteArrayInputStream(TarForge.gzip(archive.toByteArray())), _ -> {
            }));
            assertEquals(List.of("web@" + web.root().digest()), other.inspect("web:2").repoDigests());
            assertEquals(images.inspect("web:2").config(), other.inspect("web:2").config());
        }
    }

    @Test
    void anImportAppliesDockerfileInstructions() {
        String id = images.importRootfs(new ImportRequest("", List.of("CMD [\"a\",\"b c\"]", "ENV X=1 Y=\"2 3\"", "ENV OLD form of it",
                "EXPOSE 80 53/udp", "WORKDIR /srv", "USER 1:2", "VOLUME /data", "LABEL a.b=c", "ENTRYPOINT run me",
                "CMD [\"a\",\"b c\"]"), "hello", ""), new ByteArrayInputStream(TarForge.gzip(new TarForge().file("a", "x").end())));
        ImageInspect image = images.inspect(id);
        assertEquals(List.of("a", "b c"), image.config().cmd());
        assertEquals(List.of("/bin/sh", "-c", "run me"), image.config().entrypoint());
        assertEquals(List.of("X=1", "Y=2 3", "OLD=form of it"), image.config().env());
        assertEquals(Set.of("80/tcp", "53/udp"), image.config().exposedPorts().keySet());
        assertEquals(List.of(), image.repoTags());
        assertEquals(1, images.prune(new ImageFilter(Map.of(), false)).imagesDeleted().size());
    }

    @Test
    void aRefusedImportLeavesNothing() throws IOException {
        assertThrows(JorchException.class, () -> images.importRootfs(new ImportRequest("a", List.of(), "", ""),
                new ByteArrayInputStream(new TarForge().file("../x", "x").end())));
        assertThrows(JorchException.class, () -> images.importRootfs(new ImportRequest("a", List.of("RUN x"), "", ""),
                new ByteArrayInputStream(new TarForge().file("x", "x").end())));
        assertEquals(Set.of(), blobs());
        assertEquals(List.of(), images.list(ImageFilter.ALL));
    }

    @Test
    void aRefusedLayerLeavesNothingUnpacked() throws IOException {
        byte[] evil = new TarForge().symlink("a", "..").file("a/x", "x").end();
        images.load(new ByteArrayInputStream(twoLayers(new TarForge().file("ok", "1").end(), evil)), _ -> {
        });
        assertThrows(JorchException.class, () -> prepare("two:layers"));
        List<Path> left = children(directory.resolve("images/layers"));
        assertTrue(left.size() <= 1 && left.stream().noneMatch(path -> path.getFileName().toString().startsWith("tmp-")), left.toString());
    }

    @Test
    void namesSurviveAStartAndAHalfUnpackedLayerDoesNot() throws IOException {
        derived();
        prepare("web:2").close();
        List<ImageSummary> before = images.list(ImageFilter.ALL);
        images.close();
        Files.createDirectories(directory.resolve("images/layers/tmp-x/fs/a"));
        images = open("images");
        assertEquals(before, images.list(ImageFilter.ALL));
        assertEquals(2, children(directory.resolve("images/layers")).size());
    }

    @Test
    void aDirectoryThatHoldsSomethingIsNotUnpackedInto() throws IOException {
        base();
        Files.writeString(Files.createDirectories(directory.resolve("full")).resolve("mine"), "x");
        assertEquals(ErrorCode.CONFLICT,
                assertThrows(JorchException.class, () -> images.unpack("base:1", directory.resolve("full"))).code());
        assertEquals(List.of(directory.resolve("full/mine")), children(directory.resolve("full")));
    }
}
