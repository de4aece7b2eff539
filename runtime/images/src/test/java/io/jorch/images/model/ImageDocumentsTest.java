package io.jorch.images.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class ImageDocumentsTest {
    private static final String D = "sha256:" + "a".repeat(64);
    private static final String OCI = "application/vnd.oci.image.";
    private static final String DOCKER = "application/vnd.docker.";
    private static final String CONFIG = "\"config\":{\"mediaType\":\"" + OCI + "config.v1+json\",\"digest\":\"" + D
            + "\",\"size\":2}";
    private static final String LAYERS = "\"layers\":[{\"mediaType\":\"" + OCI + "layer.v1.tar+gzip\",\"digest\":\"" + D
            + "\",\"size\":3}]";
    private static final String MANIFESTS = "\"manifests\":[{\"mediaType\":\"" + OCI
            + "manifest.v1+json\",\"digest\":\"" + D
            + "\",\"size\":4,\"platform\":{\"os\":\"linux\",\"architecture\":\"aarch64\"}}]";

    private static ImageDocument parse(String json, String declared) {
        return ImageDocuments.parse(json.getBytes(StandardCharsets.UTF_8), declared);
    }

    @Test
    void readsAManifestWithoutAMediaTypeOfItsOwn() {
        Manifest manifest = assertInstanceOf(Manifest.class, parse("{\"schemaVersion\":2," + CONFIG + "," + LAYERS + "}", ""));
        assertEquals(MediaType.OCI_MANIFEST, manifest.mediaType());
        assertEquals(3, manifest.layers().getFirst().size());
    }

    @Test
    void readsAnIndexAndNormalizesPlatforms() {
        ImageIndex index = assertInstanceOf(ImageIndex.class,
                parse("{\"schemaVersion\":2," + MANIFESTS + "}", OCI + "index.v1+json; charset=utf-8"));
        assertEquals(List.of(new Platform("linux", "arm64", "")), index.platforms());
    }

    static Stream<Arguments> refused() {
        String v2 = "{\"schemaVersion\":2,";
        return Stream.of(Arguments.of("manifest and index", v2 + CONFIG + "," + LAYERS + "," + MANIFESTS + "}", ""),
                Arguments.of("layers and manifests", v2 + LAYERS + "," + MANIFESTS + "}", ""),
                Arguments.of("neither", v2 + "\"a\":1}", ""),
                Arguments.of("schema 1 in disguise", v2 + CONFIG + "," + LAYERS + ",\"fsLayers\":[]}", ""),
                Arguments.of("two configs", v2 + CONFIG + "," + CONFIG + "," + LAYERS + "}", ""),
                Arguments.of("a key in another case", v2 + CONFIG + "," + LAYERS + ",\"Layers\":[]}", ""),
                Arguments.of("an index in another case", v2 + CONFIG + "," + LAYERS + ",\"MANIFESTS\":[]}", ""),
                Arguments.of("declared as an index", v2 + CONFIG + "," + LAYERS + "}", OCI + "index.v1+json"),
                Arguments.of("says it is an index",
                        v2 + "\"mediaType\":\"" + OCI + "index.v1+json\"," + CONFIG + "," + LAYERS + "}", ""),
                Arguments.of("says other than declared", v2 + "\"mediaType\":\"" + OCI + "manifest.v1+json\"," + CONFIG
                        + "," + LAYERS + "}", DOCKER + "distribution.manifest.v2+json"),
                Arguments.of("docker without mediaType", v2 + CONFIG + "," + LAYERS + "}",
                        DOCKER + "distribution.manifest.v2+json"),
                Arguments.of("mixed media types", v2 + "\"mediaType\":\"" + DOCKER + "distribution.manifest.v2+json\","
                        + CONFIG + "," + LAYERS + "}", ""),
                Arguments.of("negative size", v2 + CONFIG.replace(":2}", ":-2}") + "," + LAYERS + "}", ""),
                Arguments.of("fractional size", v2 + CONFIG.replace(":2}", ":2.5}") + "," + LAYERS + "}", ""),
                Arguments.of("size as text", v2 + CONFIG.replace(":2}", ":\"2\"}") + "," + LAYERS + "}", ""),
                Arguments.of("digest in capitals", v2 + CONFIG.replace("aaaa", "AAAA") + "," + LAYERS + "}", ""),
                Arguments.of("digest as a path", v2 + CONFIG.replace(D, "sha256:../../etc") + "," + LAYERS + "}", ""),
                Arguments.of("unknown digest", v2 + CONFIG.replace("sha256:", "md5:") + "," + LAYERS + "}", ""),
                Arguments.of("a list", "[]", ""), Arguments.of("something after it", v2 + CONFIG + "," + LAYERS + "}{}", ""),
                Arguments.of("no JSON", "<html>", ""), Arguments.of("empty", "", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatTwoReadersCouldUnderstandDifferently(String name, String json, String declared) {
        JorchException refused = assertThrows(JorchException.class, () -> parse(json, declared), name);
        assertEquals(ErrorCode.CORRUPT, refused.code(), refused.getMessage());
    }

    @Test
    void refusesWhatIsTooLarge() {
        byte[] large = new byte[ImageDocuments.MAX_BYTES + 1];
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> ImageDocuments.parse(large, "")).code());
        String many = LAYERS.replace("]", ("," + LAYERS.substring(10, LAYERS.length() - 1)).repeat(500) + "]");
        assertThrows(JorchException.class, () -> parse("{\"schemaVersion\":2," + CONFIG + "," + many + "}", ""));
    }

    @Test
    void artifactsAndSchemaOneAreUnsupported() {
        String artifact = "{\"schemaVersion\":2," + CONFIG.replace(OCI + "config", "application/vnd.cncf.helm.config")
                + "," + LAYERS + "}";
        assertEquals(ErrorCode.UNSUPPORTED, assertThrows(JorchException.class, () -> parse(artifact, "")).code());
        assertEquals(ErrorCode.UNSUPPORTED,
                assertThrows(JorchException.class, () -> parse("{\"schemaVersion\":1,\"fsLayers\":[]}", "")).code());
    }

    @Test
    void theBestPlatformIsSelected() {
        ImageIndex index = new ImageIndex(MediaType.OCI_INDEX, List.of(entry(1, "linux", "arm", "v6"),
                entry(2, "linux", "arm", "v7"), entry(3, "linux", "amd64", ""), entry(4, "unknown", "unknown", "")));
        assertEquals(2, index.select(new Platform("linux", "arm", "v8")).size());
        assertEquals(1, index.select(new Platform("linux", "armel", "")).size());
        assertEquals(3, index.select(new Platform("linux", "x86_64", "")).size());
        JorchException none = assertThrows(JorchException.class, () -> index.select(new Platform("linux", "s390x", "")));
        assertTrue(String.valueOf(none.getMessage()).contains("linux/amd64"), none.getMessage());
        assertTrue(!String.valueOf(none.getMessage()).contains("unknown"), none.getMessage());
    }

    private static Descriptor entry(int size, String os, String architecture, String variant) {
        return new Descriptor(MediaType.OCI_MANIFEST, Digest.sha256(new byte[] {(byte) size}), size)
                .withPlatform(new Platform(os, architecture, variant));
    }

    @Test
    void aConfigurationIsWrittenAndReadAgainUnchanged() {
        byte[] json = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"created\":\"2026-01-02T03:04:05.678Z\",\"config\":{"
                + "\"Entrypoint\":[\"/bin/sh\"],\"Cmd\":null,\"Env\":[\"A=1\"],\"ExposedPorts\":{\"80/tcp\":{}},"
                + "\"Healthcheck\":{\"Test\":[\"CMD\",\"true\"],\"Interval\":1000000000},\"ArgsEscaped\":true},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + D + "\"]},\"history\":[{\"created_by\":\"x\","
                + "\"empty_layer\":true}],\"docker_version\":\"1\"}").getBytes(StandardCharsets.UTF_8);
        ConfigDocument config = ConfigDocument.parse(json);
        assertEquals(List.of("/bin/sh"), config.config().entrypoint());
        assertEquals(Optional.of(1_000_000_000L), Optional.ofNullable(config.config().healthcheck()).map(check -> check.interval()));
        assertEquals(config, ConfigDocument.parse(DocumentWriter.config(config)));
    }

    @Test
    void aConfigurationMustSayItsLayers() {
        for (String rootfs : List.of("{}", "{\"rootfs\":{\"type\":\"other\",\"diff_ids\":[]}}",
                "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"x\"]}}",
                "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]},\"RootFS\":{}}")) {
            assertThrows(JorchException.class, () -> ConfigDocument.parse(rootfs.getBytes(StandardCharsets.UTF_8)), rootfs);
        }
    }

    @Test
    void chainIdsAreThoseOfTheSpecification() {
        // image-spec, identity/chainid_test.go
        Digest a = Digest.sha256("a".getBytes(StandardCharsets.UTF_8));
        Digest b = Digest.sha256("b".getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(a, Digest.sha256((a + " " + b).getBytes(StandardCharsets.UTF_8))), ChainId.of(List.of(a, b)));
    }
}
