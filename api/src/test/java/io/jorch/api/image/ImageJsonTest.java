package io.jorch.api.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ImageJsonTest {
    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    @Test
    void progressIsTheLineThatTheDockerClientReads() {
        assertEquals("{\"status\":\"Downloading\",\"id\":\"abc\",\"progressDetail\":{\"current\":0,\"total\":7}}",
                text(PullProgress.of("abc", "Downloading", 0, 7)));
        assertEquals("{\"status\":\"Digest: sha256:00\"}", text(PullProgress.of("Digest: sha256:00")));
    }

    @Test
    void aSummaryWritesTheFieldsThatDockerRequiresEvenIfEmpty() {
        ImageSummary summary = new ImageSummary("sha256:1", "", List.of(), List.of(), 0, 0, -1, Map.of(), -1, null);
        assertEquals("{\"Id\":\"sha256:1\",\"ParentId\":\"\",\"RepoTags\":[],\"RepoDigests\":[],\"Created\":0,"
                + "\"Size\":0,\"SharedSize\":-1,\"Labels\":{},\"Containers\":-1}", text(summary));
    }

    @Test
    void descriptorsKeepOcisSpelling() {
        OciDescriptor descriptor = new OciDescriptor("a/b", "sha256:1", 3, Map.of(),
                new OciPlatform("arm64", "linux", "v8"), "");
        assertEquals("{\"Descriptor\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:1\",\"size\":3,\"platform\":"
                + "{\"architecture\":\"arm64\",\"os\":\"linux\",\"variant\":\"v8\"}},\"Platforms\":[]}",
                text(new DistributionInspect(descriptor, List.of())));
    }

    @Test
    void aConfigKeepsEmptyObjectsAsValues() {
        String json = "{\"User\":\"0\",\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/data\":{}}}";
        assertEquals(json, text(Json.read(json.getBytes(StandardCharsets.UTF_8), ImageConfig.class)));
    }

    @Test
    void aCredentialIsReadFromTheHeaderAndNeverPrinted() {
        byte[] json = "{\"username\":\"me\",\"password\":\"s3cr\u00e9t\",\"email\":\"\",\"new\":1}"
                .getBytes(StandardCharsets.UTF_8);
        RegistryCredential credential = RegistryCredential.fromHeader(Base64.getUrlEncoder().encodeToString(json));
        assertEquals("s3cr\u00e9t", credential.password());
        assertEquals(credential,
                RegistryCredential.fromHeader(Base64.getUrlEncoder().withoutPadding().encodeToString(json)));
        assertFalse(credential.toString().contains("s3cr"), credential.toString());
        assertTrue(RegistryCredential.fromHeader("").anonymous());
    }

    @Test
    void aMalformedHeaderIsRefusedWithoutRepeatingIt() {
        String header = Base64.getUrlEncoder()
                .encodeToString("{\"password\":hunter2}".getBytes(StandardCharsets.UTF_8));
        JorchException refused = assertThrows(JorchException.class, () -> RegistryCredential.fromHeader(header));
        assertEquals(ErrorCode.INVALID, refused.code());
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused.getMessage());
    }
}
