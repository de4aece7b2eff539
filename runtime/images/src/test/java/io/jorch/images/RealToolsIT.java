package io.jorch.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageFilter;
import io.jorch.api.image.LocalRegistry;
import io.jorch.api.image.RegistryCredential;
import io.jorch.api.object.ImagePin;
import io.jorch.images.archive.LoadedImage;
import io.jorch.images.unpack.NioLayerTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's docker-registry, skopeo, umoci and buildah.
@Timeout(180)
class RealToolsIT {
    private static final RegistryCredential ME = RegistryCredential.of("me", "s3cret");

    @TempDir
    Path directory;
    private Images images;
    private LocalRegistry registry;

    @BeforeEach
    void open() throws IOException {
        images = new Images(ImagesSettings.of(directory.resolve("images"), NioLayerTarget::new, Set::of));
        registry = LocalRegistry.start(directory.resolve("registry"));
    }

    @AfterEach
    void close() {
        images.close();
        registry.close();
    }

    private Path at(String name) {
        return directory.resolve(name);
    }

    /// An OCI layout `layout` with the image `sample`: three layers by umoci, one with a whiteout.
    private void sample() throws IOException {
        Path tree = Files.createDirectories(at("tree/etc/deep"));
        Files.writeString(tree.resolve("file"), "lower");
        Files.writeString(tree.resolve("gone"), "gone");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("/absolute/target"));
        Files.createLink(tree.resolve("hard"), tree.resolve("file"));
        Files.writeString(tree.resolve("f\u0151tan\u00fas\u00edtv\u00e1ny-" + "x".repeat(120)), "long name");
        Files.setAttribute(tree.resolve("file"), "unix:mode", 04755);
        Files.setAttribute(tree, "unix:mode", 01777);
        LocalRegistry.run("umoci", "init", "--layout", at("layout").toString());
        LocalRegistry.run("umoci", "new", "--image", at("layout") + ":sample");
        LocalRegistry.run("umoci", "insert", "--image", at("layout") + ":sample", at("tree").toString(), "/");
        LocalRegistry.run("umoci", "insert", "--image", at("layout") + ":sample", "--whiteout", "/etc/deep/gone");
        Files.writeString(at("upper"), "upper");
        LocalRegistry.run("umoci", "insert", "--image", at("layout") + ":sample", at("upper").toString(), "/etc/deep/new");
        LocalRegistry.run("umoci", "config", "--image", at("layout") + ":sample", "--config.cmd", "/bin/run",
                "--config.env", "A=1", "--architecture", io.jorch.images.model.Platform.current().architecture(), "--os", "linux");
    }

    private void publish(String name, String... options) throws IOException {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("skopeo", "copy", "-q", "--dest-tls-verify=false"));
        command.addAll(List.of(options));
        command.addAll(List.of("oci:" + at("layout") + ":sample", registry.docker(name)));
        LocalRegistry.run(command);
    }

    /// What is in a tree: kind, mode, owner, size, time, link and name of everything.
    private static String listing(Path root) throws IOException {
        return LocalRegistry.run("sh", "-c", "cd " + root + " && find . ! -name . -printf '%y %m %U:%G %s %T@ %l %n %p\\n' | sed -E 's/^(d [0-9]+ [0-9:]+) [0-9]+/\\1/' | sort -k 8");
    }

    private String unpackedBy(String name) throws IOException {
        Path target = at("flat-" + name.replaceAll("\\W", "-"));
        images.unpack(name, target);
        return listing(target);
    }

    private String unpackedByUmoci() throws IOException {
        LocalRegistry.run("umoci", "unpack", "--image", at("layout") + ":sample", at("bundle").toString());
        return listing(at("bundle/rootfs"));
    }

    @Test
    void pullsOciDockerAndZstdAndUnpacksAsUmociDoes() throws IOException {
        sample();
        String expected = unpackedByUmoci();
        assertTrue(expected.contains("/etc/deep/new"), expected);
        publish("a/oci:1", "--format", "oci");
        publish("a/docker:1", "--format", "v2s2");
        publish("a/zstd:1", "--format", "oci", "--dest-compress-format", "zstd", "--dest-compress-level", "3");
        for (String name : List.of("a/oci:1", "a/docker:1", "a/zstd:1")) {
            String reference = registry.reference(name);
            ImagePin pin = images.pull(reference, "", RegistryCredential.ANONYMOUS, _ -> {
            });
            assertEquals(expected, unpackedBy(reference), name);
            assertEquals(List.of("/bin/run"), images.inspect(reference).config().cmd());
            String theirs = LocalRegistry.run("skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}", registry.docker(name));
            assertEquals(theirs.strip(), pin.digest());
            assertEquals(pin.digest(), images.resolve(reference, RegistryCredential.ANONYMOUS).digest());
        }
    }

    @Test
    void loadsWhatSkopeoAndBuildahWrite() throws IOException {
        sample();
        String expected = unpackedByUmoci();
        LocalRegistry.run("skopeo", "copy", "-q", "oci:" + at("layout") + ":sample", "docker-archive:" + at("d.tar") + ":docker/archive:1");
        LocalRegistry.run("skopeo", "copy", "-q", "oci:" + at("layout") + ":sample", "oci-archive:" + at("o.tar") + ":oci/archive:1");
        LocalRegistry.run("gzip", "-k", at("d.tar").toString());
        LocalRegistry.run("sh", "-c", "zstd -q " + at("o.tar") + " -o " + at("o.tar.zst"));
        for (String archive : List.of("d.tar", "d.tar.gz", "o.tar", "o.tar.zst")) {
            try (InputStream input = Files.newInputStream(at(archive))) {
                List<String> names = images.load(input, _ -> {
                });
                assertEquals(List.of(archive.startsWith("d") ? "docker/archive:1" : "oci/archive:1"), names, archive);
                assertEquals(expected, unpackedBy(names.getFirst()), archive);
                images.remove(names.getFirst(), false);
                LocalRegistry.run("rm", "-r", at("flat-" + names.getFirst().replaceAll("\\W", "-")).toString());
            }
        }
        assertEquals(1, images.loadDirectory(at("layout"), _ -> {
        }).size());
        buildah();
    }

    private void buildah() throws IOException {
        String[] storage = {"buildah", "--root", at("bs").toString(), "--runroot", at("br").toString(), "--storage-driver", "vfs"};
        String container = buildah(storage, "from", "scratch").strip();
        buildah(storage, "copy", "-q", container, at("tree").toString(), "/");
        buildah(storage, "config", "--cmd", "/bin/b", "--port", "80", container);
        buildah(storage, "commit", "-q", container, "oci-archive:" + at("b.tar") + ":from/buildah:1");
        try (InputStream input = Files.newInputStream(at("b.tar"))) {
            assertEquals(List.of("from/buildah:1"), images.load(input, _ -> {
            }));
        }
        assertEquals(Set.of("80/tcp"), images.inspect("from/buildah:1").config().exposedPorts().keySet().stream()
                .map(port -> port.contains("/") ? port : port + "/tcp").collect(java.util.stream.Collectors.toSet()));
        assertTrue(unpackedBy("from/buildah:1").contains("/etc/deep/link"));
        LocalRegistry.run("chmod", "-R", "u+rwX", at("bs").toString());
    }

    private static String buildah(String[] storage, String... arguments) throws IOException {
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(storage));
        command.addAll(List.of(arguments));
        return LocalRegistry.run(command);
    }

    private LoadedImage built(String name) {
        images.build("built/base:1", Optional.empty(), Instant.EPOCH, builder -> builder.layer("base",
                layer -> layer.file("etc/one", 0644, "1".getBytes(StandardCharsets.UTF_8)).directory("tmp", 01777)));
        return images.build(name, Optional.of("built/base:1"), Instant.EPOCH, builder -> builder
                .layer("change", layer -> layer.file("etc/two", 0600, "2".getBytes(StandardCharsets.UTF_8)))
                .config(builder.changes().cmd("/x").build()));
    }

    @Test
    void skopeoReadsWhatIsPushedAndSaved() throws IOException {
        String name = registry.reference("our/image:3");
        LoadedImage image = built(name);
        images.push(name, RegistryCredential.ANONYMOUS, _ -> {
        });
        assertEquals(image.root().digest().toString(), LocalRegistry.run("skopeo", "inspect", "--tls-verify=false",
                "--format", "{{.Digest}}", registry.docker("our/image:3")).strip());
        LocalRegistry.run("skopeo", "copy", "-q", "--src-tls-verify=false", registry.docker("our/image:3"), "oci:" + at("back") + ":x");
        LocalRegistry.run("umoci", "unpack", "--image", at("back") + ":x", at("ours").toString());
        assertEquals("2", Files.readString(at("ours/rootfs/etc/two")));
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(at("s.tar")))) {
            images.save(List.of(name), output);
        }
        LocalRegistry.run("skopeo", "copy", "-q", "docker-archive:" + at("s.tar"), "oci:" + at("back") + ":docker");
        LocalRegistry.run("skopeo", "copy", "-q", "oci-archive:" + at("s.tar"), "oci:" + at("back") + ":oci");
        // Pushing again finds everything there.
        List<String> lines = new java.util.ArrayList<>();
        images.push(name, RegistryCredential.ANONYMOUS, line -> lines.add(line.status()));
        assertTrue(lines.contains("Layer already exists"), lines.toString());
        assertEquals("3: digest: " + image.root().digest() + " size: " + image.root().size(), lines.getLast());
    }

    @Test
    void aRegistryWithALoginIsPulledFromAndPushedTo() throws IOException {
        try (LocalRegistry closed = LocalRegistry.startWithLogin(at("closed"))) {
            String name = closed.reference("private/image:1");
            built(name);
            assertEquals(ErrorCode.UNAUTHENTICATED, assertThrows(JorchException.class,
                    () -> images.push(name, RegistryCredential.ANONYMOUS, _ -> {
                    })).code());
            images.push(name, ME, _ -> {
            });
            images.remove(name, false);
            images.collect(Set.of());
            images.pull(name, "", ME, _ -> {
            });
            assertEquals(List.of(name), images.inspect(name).repoTags());
            assertEquals(ErrorCode.UNAUTHENTICATED,
                    assertThrows(JorchException.class, () -> images.distribution(name, RegistryCredential.ANONYMOUS)).code());
        }
    }

    @Test
    void aMovedTagHasAnotherDigestAndTheOldOneIsStillRunnable() throws IOException {
        sample();
        publish("a/b:1");
        String reference = registry.reference("a/b:1");
        ImagePin old = images.resolve(reference, RegistryCredential.ANONYMOUS);
        assertEquals(old, images.resolve(reference, RegistryCredential.ANONYMOUS));
        LocalRegistry.run("umoci", "config", "--image", at("layout") + ":sample", "--config.cmd", "/bin/new");
        publish("a/b:1");
        ImagePin fresh = images.resolve(reference, RegistryCredential.ANONYMOUS);
        assertTrue(!old.digest().equals(fresh.digest()), fresh.toString());
        for (ImagePin pin : List.of(old, fresh)) {
            try (UnpackedImage image = images.prepare(pin, RegistryCredential.ANONYMOUS, _ -> {
            })) {
                assertEquals(pin.digest(), image.root().toString());
                assertEquals(List.of(pin == old ? "/bin/run" : "/bin/new"), image.config().cmd());
            }
        }
        assertEquals(2, images.list(ImageFilter.ALL).size());
        assertEquals(2, images.collect(Set.of()).names());
        assertEquals(List.of(), images.list(ImageFilter.ALL));
    }

    @Test
    void anUnknownTagOrRepositoryIsNotFound() {
        for (String name : List.of("a/b:nothing", "nobody/nothing:1")) {
            assertEquals(ErrorCode.NOT_FOUND, assertThrows(JorchException.class,
                    () -> images.pull(registry.reference(name), "", RegistryCredential.ANONYMOUS, _ -> {
                    })).code(), name);
        }
    }
}
