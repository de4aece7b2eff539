package io.jorch.manager.control.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.json.Json;
import io.jorch.manager.control.fake.EngineSchema;
import io.jorch.manager.control.fake.FakeImages;
import io.jorch.manager.control.fake.Served;
import io.jorch.manager.control.fake.UnixHttp;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Images, the registry's word on them, and what else is a node's own.
@Timeout(60)
class ImageEndpointsTest {
    @TempDir
    Path folder;
    private Served served;
    private UnixHttp client;

    @BeforeEach
    void serve() throws InterruptedException {
        served = new Served(folder);
        client = served.client;
        served.fakes.images.registry.put("host:5000/a/app:1", FakeImages.digest("app"));
        served.fakes.images.local.put("base:1", FakeImages.digest("base"));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private JsonNode get(String template, String path) throws IOException {
        UnixHttp.Reply reply = client.get(path);
        EngineSchema.check("GET", template, reply);
        assertEquals(200, reply.status(), reply::text);
        return reply.json();
    }

    private static List<JsonNode> lines(UnixHttp.Reply reply) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : reply.text().split("\r\n")) {
            lines.add(Json.mapper().readTree(line));
        }
        return lines;
    }

    @Test
    void imagesAreListedInspectedTaggedAndRemoved() throws IOException {
        assertEquals("base:1", get("/images/json", "/images/json?all=0&shared-size=1").at("/0/RepoTags/0").asText());
        assertTrue(served.fakes.images.filters.getLast().sharedSize());
        assertEquals(201, client.post("/images/base:1/tag?repo=host:5000/a/b&tag=2", "").status());
        assertEquals("amd64", get("/images/{name}/json", "/images/host:5000/a/b:2/json").get("Architecture").asText());
        assertEquals("COPY . /", get("/images/{name}/history", "/images/base:1/history").at("/0/CreatedBy").asText());
        UnixHttp.Reply removed = client.delete("/images/host:5000/a/b:2?force=1");
        EngineSchema.check("DELETE", "/images/{name}", removed);
        assertEquals("host:5000/a/b:2", removed.json().at("/0/Untagged").asText());
        assertEquals(404, client.get("/images/host:5000/a/b:2/json").status());
        UnixHttp.Reply pruned = client.post("/images/prune?filters="
                + URLEncoder.encode("{\"dangling\":[\"false\"]}", StandardCharsets.UTF_8), "");
        EngineSchema.check("POST", "/images/prune", pruned);
        assertEquals(List.of("false"), served.fakes.images.filters.getLast().terms().get("dangling"));
    }

    @Test
    void oldClientsAreToldTheSizeTwice() throws IOException {
        assertEquals(4_096, client.get("/v1.43/images/json").json().at("/0/VirtualSize").asInt());
        assertFalse(client.get("/v1.44/images/json").json().get(0).has("VirtualSize"));
        assertEquals(4_096, client.get("/v1.41/images/base:1/json").json().get("VirtualSize").asInt());
    }

    @Test
    void aPullStreamsItsProgress() throws IOException {
        String auth = Base64.getUrlEncoder().encodeToString(
                "{\"username\":\"bob\",\"password\":\"pw\"}".getBytes(StandardCharsets.UTF_8));
        UnixHttp.Reply reply = client.post("/images/create?fromImage=host:5000/a/app&tag=1", "",
                Map.of("X-Registry-Auth", auth));
        assertEquals(200, reply.status(), reply::text);
        List<JsonNode> lines = lines(reply);
        for (JsonNode line : lines) {
            EngineSchema.check("CreateImageInfo", line);
        }
        assertEquals(20, lines.get(1).at("/progressDetail/total").asInt());
        assertEquals("bob", served.fakes.images.credentials.getFirst().username());
        assertEquals(1, client.get("/images/host:5000/a/app:1/json").json().get("RepoTags").size());
    }

    @Test
    void aPullThatFailsBeforeItsFirstLineHasAStatusAndALaterOneALine() throws IOException {
        UnixHttp.Reply none = client.post("/images/create?tag=1", "");
        assertEquals(400, none.status());
        UnixHttp.Reply late = client.post("/images/create?fromImage=ghost&tag=1", "");
        assertEquals(200, late.status());
        JsonNode last = lines(late).getLast();
        assertEquals("no such manifest: ghost:1", last.get("error").asText());
        assertEquals("no such manifest: ghost:1", last.at("/errorDetail/message").asText());
        assertEquals(404, client.post("/images/ghost/push?tag=1", "").status());
    }

    @Test
    void archivesOfAnySizeAreLoadedAndSaved() throws IOException {
        byte[] archive = new byte[40 << 20];
        UnixHttp.Reply loaded = client.send("POST", "/images/load?quiet=1", Map.of("Content-Type", "application/x-tar"),
                archive);
        assertEquals("Loaded image: loaded:1\n", lines(loaded).getLast().get("stream").asText());
        assertEquals(archive.length, served.fakes.images.loaded);
        UnixHttp.Reply imported = client.send("POST", "/images/create?fromSrc=-&repo=mine&tag=2&changes=CMD%20x",
                Map.of(), new byte[1_000]);
        assertEquals(FakeImages.digest("mine:2"), lines(imported).getLast().get("status").asText());
        assertEquals(501, client.post("/images/create?fromSrc=http://x/y.tar", "").status());
        UnixHttp.Reply saved = client.get("/images/get?names=loaded:1&names=mine:2");
        assertEquals("application/x-tar", saved.headers().get("content-type"));
        assertEquals("archive", saved.text());
        assertEquals("archive", client.get("/images/mine:2/get").text());
        assertEquals(404, client.get("/images/get?names=ghost").status());
    }

    @Test
    void theRegistrysWordIsPassedOn() throws IOException {
        JsonNode found = get("/distribution/{name}/json", "/distribution/host:5000/a/app:1/json");
        assertEquals(FakeImages.digest("app"), found.at("/Descriptor/digest").asText());
        assertEquals(404, client.get("/distribution/ghost/json").status());
    }

    @Test
    void aLoginIsAsGoodAsTheRegistrySays() throws IOException {
        UnixHttp.Reply good = client.post("/auth",
                "{\"username\":\"bob\",\"password\":\"open sesame\",\"serveraddress\":\"host:5000\",\"email\":\"\"}");
        EngineSchema.check("POST", "/auth", good);
        assertEquals("Login Succeeded", good.json().get("Status").asText());
        UnixHttp.Reply bad = client.post("/auth", "{\"username\":\"bob\",\"password\":\"sesame\"}");
        assertEquals(401, bad.status());
        assertFalse(bad.text().contains("sesame\""), bad::text);
    }

    @Test
    void containersAreThisNodesTasks() throws IOException {
        client.post("/services/create", "{\"Name\":\"web\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"base:1\","
                + "\"Args\":[\"serve\"]}},\"Mode\":{\"Replicated\":{\"Replicas\":2}}}");
        JsonNode containers = get("/containers/json", "/containers/json");
        assertEquals(2, containers.size());
        assertEquals("running", containers.at("/0/State").asText());
        assertTrue(containers.at("/0/Names/0").asText().startsWith("/web."));
        assertEquals(1, get("/containers/json", "/containers/json?limit=1").size());
        assertEquals(0, get("/containers/json", "/containers/json?filters="
                + URLEncoder.encode("{\"status\":[\"exited\"]}", StandardCharsets.UTF_8)).size());
        assertEquals(2, get("/system/df", "/system/df").get("Containers").size());
        assertFalse(get("/system/df", "/system/df?type=image").has("Containers"));
    }

    @Test
    void listsOfWhatThereIsNoneOfAreEmpty() throws IOException {
        for (String path : List.of("/secrets", "/configs", "/plugins")) {
            assertEquals(0, get(path, path).size());
        }
        assertEquals(0, get("/volumes", "/volumes").get("Volumes").size());
    }
}
