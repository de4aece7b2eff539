package io.jorch.manager.control.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventEndpointsTest {
    @TempDir
    Path folder;
    private Served served;
    private Instant begun;

    @BeforeEach
    void serve() throws InterruptedException {
        served = new Served(folder);
        served.fakes.images.registry.put("app:1", FakeImages.digest("app"));
        begun = Instant.now();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void create(String name) throws IOException {
        assertEquals(201, served.client.post("/services/create", "{\"Name\":\"" + name
                + "\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"app:1\"}},\"Mode\":{\"Replicated\":"
                + "{\"Replicas\":1}}}").status());
    }

    private List<JsonNode> past(String filters) throws IOException {
        UnixHttp.Reply reply = served.client.get("/events?since=" + begun + "&until="
                + Instant.now().getEpochSecond() + "." + String.format("%09d", Instant.now().getNano()) + "&filters="
                + URLEncoder.encode(filters, StandardCharsets.UTF_8));
        assertEquals(200, reply.status(), reply::text);
        List<JsonNode> events = new ArrayList<>();
        for (String line : reply.text().split("\n")) {
            if (!line.isEmpty()) {
                events.add(Json.mapper().readTree(line));
                EngineSchema.check("EventMessage", events.getLast());
            }
        }
        return events;
    }

    private static List<String> actions(List<JsonNode> events) {
        return events.stream().map(event -> event.get("Type").asText() + " " + event.get("Action").asText()).toList();
    }

    @Test
    void aServicesLifeIsToldInDockersWords() throws IOException {
        create("web");
        JsonNode service = served.client.get("/services/web").json();
        String spec = service.get("Spec").toString().replace("\"Replicas\":1", "\"Replicas\":2");
        assertEquals(200, served.client.post("/services/web/update?version=" + service.at("/Version/Index").asLong(),
                spec).status());
        assertEquals(200, served.client.delete("/services/web").status());
        List<JsonNode> events = past("{\"type\":[\"service\"]}");
        assertEquals(List.of("service create", "service update", "service remove"), actions(events));
        JsonNode scaled = events.get(1).at("/Actor/Attributes");
        assertEquals("1", scaled.get("replicas.old").asText());
        assertEquals("2", scaled.get("replicas.new").asText());
        assertEquals("web", scaled.get("name").asText());
        assertEquals("swarm", events.get(1).get("scope").asText());
    }

    @Test
    void tasksAreToldAsTheContainersThatTheyAre() throws IOException {
        create("web");
        List<JsonNode> events = past("{\"type\":[\"container\"],\"image\":[\"app\"]}");
        assertEquals(List.of("container create", "container start"), actions(events));
        assertEquals("web", events.getFirst().at("/Actor/Attributes").get("com.docker.swarm.service.name").asText());
        assertEquals(0, past("{\"container\":[\"elsewhere\"]}").size());
    }

    @Test
    void aRolloutsStatesAreUpdatesOfItsService() throws IOException {
        create("web");
        JsonNode service = served.client.get("/services/web").json();
        String spec = service.get("Spec").toString().replace("\"ForceUpdate\":0", "\"ForceUpdate\":1");
        served.client.post("/services/web/update?version=" + service.at("/Version/Index").asLong(), spec);
        List<String> states = past("{\"type\":[\"service\"],\"event\":[\"update\"]}").stream()
                .map(event -> event.at("/Actor/Attributes").path("updatestate.new").asText()).filter(it -> !it.isEmpty())
                .toList();
        assertEquals(List.of("updating", "completed"), states);
    }

    @Test
    void nodesNetworksAndThisNodesImagesAreToldToo() throws IOException {
        long version = served.client.get("/nodes/self").json().at("/Version/Index").asLong();
        served.client.post("/nodes/self/update?version=" + version, "{\"Role\":\"manager\",\"Availability\":\"drain\"}");
        served.client.post("/networks/create", "{\"Name\":\"back\",\"Driver\":\"overlay\"}");
        served.client.delete("/networks/back");
        served.client.post("/images/create?fromImage=app&tag=1", "");
        served.client.delete("/images/app:1");
        List<JsonNode> events = past("{}");
        assertEquals(List.of("node update", "network create", "network remove", "image pull", "image untag",
                "image delete"), actions(events));
        assertEquals("drain", events.getFirst().at("/Actor/Attributes").get("availability.new").asText());
        assertEquals("local", events.get(3).get("scope").asText());
        assertEquals(1, past("{\"image\":[\"app:1\"],\"event\":[\"pull\"]}").size());
        assertEquals(3, past("{\"scope\":[\"swarm\"]}").size());
    }

    @Test
    void aLiveStreamHearsWhatComesAndALeaverIsForgotten() throws Exception {
        int watching = served.fakes.cluster.watching();
        try (UnixHttp.Open stream = served.client.open("GET", "/events", Map.of(), new byte[0])) {
            assertEquals(1, served.client.get("/info").json().get("NEventsListener").asInt());
            create("web");
            JsonNode event = Json.mapper().readTree(stream.line());
            assertEquals("create", event.get("Action").asText());
        }
        Awaitility.await().until(() -> served.fakes.cluster.watching() == watching);
        Awaitility.await().until(() -> served.client.get("/info").json().get("NEventsListener").asInt() == 0);
    }

    @Test
    void aClientGoesOnAfterTheLastIndexItHeard() throws Exception {
        create("one");
        long index;
        try (UnixHttp.Open stream = served.client.open("GET", "/events?sinceIndex=0&filters="
                + URLEncoder.encode("{\"service\":[\"one\"]}", StandardCharsets.UTF_8), Map.of(), new byte[0])) {
            index = Json.mapper().readTree(stream.line()).get("jorchIndex").asLong();
        }
        create("two");
        try (UnixHttp.Open stream = served.client.open("GET", "/events?sinceIndex=" + index + "&filters="
                + URLEncoder.encode("{\"type\":[\"service\"]}", StandardCharsets.UTF_8), Map.of(), new byte[0])) {
            assertEquals("two", Json.mapper().readTree(stream.line()).at("/Actor/Attributes/name").asText());
        }
    }

    @Test
    void aStreamWhosePastWasReplacedIsCutOff() throws Exception {
        try (UnixHttp.Open stream = served.client.open("GET", "/events", Map.of(), new byte[0])) {
            served.fakes.cluster.forget();
            assertThrows(IOException.class, stream::line);
        }
    }

    @Test
    void wrongQueriesAreRefusedByName() throws IOException {
        assertTrue(served.client.get("/events?since=yesterday").message().startsWith("since: 'yesterday' is no time"));
        assertTrue(served.client.get("/events?filters=%7B%22colour%22%3A%5B%22red%22%5D%7D").message()
                .contains("invalid filter 'colour'"));
        assertFalse(served.client.get("/events?until=1").text().contains("Type"));
    }
}
