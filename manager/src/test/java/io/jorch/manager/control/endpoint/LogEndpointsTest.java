package io.jorch.manager.control.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.message.AgentMessage.LogLine;
import io.jorch.api.object.Task;
import io.jorch.manager.control.fake.FakeCluster;
import io.jorch.manager.control.fake.FakeImages;
import io.jorch.manager.control.fake.Served;
import io.jorch.manager.control.fake.UnixHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
class LogEndpointsTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    @TempDir
    Path folder;
    private Served served;
    private String serviceId;
    private List<Task> tasks;

    @BeforeEach
    void serve() throws Exception {
        served = new Served(folder);
        served.fakes.images.registry.put("app:1", FakeImages.digest("app"));
        serviceId = create("web", false);
        tasks = served.fakes.cluster.current().tasksOfService(serviceId);
    }

    private String create(String name, boolean terminal) throws IOException {
        return served.client.post("/services/create", "{\"Name\":\"" + name + "\",\"TaskTemplate\":{\"ContainerSpec\":"
                + "{\"Image\":\"app:1\",\"TTY\":" + terminal + "}},\"Mode\":{\"Replicated\":{\"Replicas\":2}}}").json()
                .get("ID").asText();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private void say(int task, int second, boolean stderr, String text) {
        served.fakes.logs.lines.add(new LogLine(tasks.get(task).id(), NOON.plusSeconds(second), stderr, text));
    }

    private static String frame(InputStream in) throws IOException {
        byte[] header = in.readNBytes(8);
        return header.length < 8 ? "" : header[0] + ":" + new String(
                in.readNBytes(ByteBuffer.wrap(header).getInt(4)), StandardCharsets.UTF_8);
    }

    private static List<String> frames(UnixHttp.Reply reply) throws IOException {
        List<String> frames = new ArrayList<>();
        InputStream in = new java.io.ByteArrayInputStream(reply.body());
        for (String frame = frame(in); !frame.isEmpty(); frame = frame(in)) {
            frames.add(frame);
        }
        return frames;
    }

    @Test
    void linesOfAllTasksComeInTheOrderOfTheirTimes() throws IOException {
        say(0, 3, false, "third");
        say(1, 1, true, "first");
        say(0, 2, false, "second");
        UnixHttp.Reply reply = served.client.get("/services/web/logs?stdout=1&stderr=1&tail=all");
        assertEquals("application/vnd.docker.multiplexed-stream", reply.headers().get("content-type"));
        assertEquals(List.of("2:first\n", "1:second\n", "1:third\n"), frames(reply));
        assertEquals("application/vnd.docker.raw-stream",
                served.client.get("/v1.41/services/web/logs?stdout=1").headers().get("content-type"));
    }

    @Test
    void timestampsAndDetailsSayWhenAndWhoseALineIs() throws IOException {
        say(0, 0, false, "hello");
        UnixHttp.Reply reply = served.client
                .get("/services/web/logs?stdout=1&timestamps=1&details=1&tail=5&since=1767355200.5");
        assertEquals(List.of("1:2026-01-02T12:00:00.000000000Z com.docker.swarm.node.id=" + FakeCluster.NODE
                + ",com.docker.swarm.service.id=" + serviceId + ",com.docker.swarm.task.id=" + tasks.getFirst().id()
                + " hello\n"), frames(reply));
        assertEquals(5, served.fakes.logs.requests.getFirst().tail());
        assertEquals("2026-01-02T12:00:00.500Z", served.fakes.logs.requests.getFirst().since());
    }

    @Test
    void aTerminalsStreamHasNoFrames() throws IOException {
        String id = create("shell", true);
        served.fakes.logs.lines.add(new LogLine(served.fakes.cluster.current().tasksOfService(id).getFirst().id(),
                NOON, false, "raw"));
        assertEquals("raw\n", served.client.get("/services/shell/logs?stdout=1").text());
    }

    @Test
    void oneTasksLogIsItsOwn() throws IOException {
        say(0, 0, false, "mine");
        say(1, 0, false, "theirs");
        assertEquals(List.of("1:mine\n"),
                frames(served.client.get("/tasks/" + tasks.getFirst().id() + "/logs?stdout=1&stderr=1")));
    }

    @Test
    void whatIsMissingIsToldAfterWhatIsThere() throws IOException {
        say(0, 0, false, "hello");
        served.fakes.logs.incomplete = "node is not connected";
        assertEquals(List.of("1:hello\n", "3:incomplete log stream: node " + FakeCluster.NODE
                + ": node is not connected"), frames(served.client.get("/services/web/logs?stdout=1")));
    }

    @Test
    void aFollowerHearsNewLinesAndNewTasksAndIsForgottenWhenItLeaves() throws Exception {
        int watching = served.fakes.cluster.watching();
        try (UnixHttp.Open stream = served.client.open("GET", "/services/web/logs?stdout=1&follow=1", Map.of(),
                new byte[0])) {
            Awaitility.await().until(() -> served.fakes.logs.open.size() == 1);
            served.fakes.logs.open.getFirst()
                    .lines(List.of(new LogLine(tasks.getFirst().id(), NOON, false, "live")));
            assertEquals("1:live\n", frame(stream.body()));
            Task late = served.fakes.cluster.running(served.fakes.cluster.current().serviceNamed("web"), 9);
            served.fakes.cluster.put(late);
            Awaitility.await().until(() -> served.fakes.logs.open.size() == 2);
            served.fakes.logs.open.getLast().lines(List.of(new LogLine(late.id(), NOON, false, "joined")));
            assertEquals("1:joined\n", frame(stream.body()));
        }
        Awaitility.await().until(() -> served.fakes.logs.open.isEmpty());
        Awaitility.await().until(() -> served.fakes.cluster.watching() == watching);
    }

    @Test
    void aStreamOfNothingIsRefused() throws IOException {
        UnixHttp.Reply reply = served.client.get("/services/web/logs");
        assertEquals(400, reply.status());
        assertTrue(reply.message().contains("you must choose at least one stream"), reply::message);
        assertEquals(400, served.client.get("/services/web/logs?stdout=1&tail=some").status());
        assertEquals(404, served.client.get("/tasks/nowhere/logs?stdout=1").status());
    }
}
