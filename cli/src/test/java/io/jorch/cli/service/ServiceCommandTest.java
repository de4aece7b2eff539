package io.jorch.cli.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.json.Json;
import io.jorch.cli.fake.FakeDaemon;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServiceCommandTest {
    private static final String SERVICE = """
            {"ID":"svc1","Version":{"Index":7},"Spec":{"Name":"web","TaskTemplate":{"ContainerSpec":{"Image":"nginx:1",
            "Env":["A=1"]}},"Mode":{"Replicated":{"Replicas":%d}}},"ServiceStatus":{"RunningTasks":1,"DesiredTasks":2},
            "Endpoint":{"Ports":[{"PublishedPort":8080,"TargetPort":80,"Protocol":"tcp","PublishMode":"ingress"}]}%s}""";

    @TempDir
    private Path folder;
    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(folder);
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    private static String task(String id, int slot, String created, String state, String desired, String error) {
        return """
                {"ID":"%s","Name":"web.%d.%s","Slot":%d,"ServiceID":"svc1","NodeID":"n1","CreatedAt":"2026-01-01T00:00:%sZ",
                "DesiredState":"%s","Spec":{"ContainerSpec":{"Image":"nginx:1@sha256:aa"}},
                "Status":{"State":"%s","Timestamp":"2026-01-01T00:00:00Z","Err":"%s"}}""".formatted(id, slot, id, slot,
                created, desired, state, error);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }

    @Test
    void createSendsTheSpecAndWaitsUntilTheTasksRun() throws IOException {
        daemon.answer("POST /services/create", 201, "application/json",
                "{\"ID\":\"svc1\",\"Warnings\":[\"beware\"]}".getBytes(StandardCharsets.UTF_8));
        daemon.answer("GET /services", "[" + SERVICE.formatted(1, "") + "]");
        daemon.answer("GET /tasks", "[" + task("t1", 1, "01", "preparing", "running", "") + "]")
                .answer("GET /tasks", "[" + task("t1", 1, "01", "running", "running", "") + "]");
        FakeDaemon.Ran ran = daemon.run("service", "create", "--name", "web", "--init", "-e", "A=1", "nginx:1", "serve",
                "--verbose", "-d");
        assertEquals("", ran.err().replace("warning: beware\n", ""));
        assertEquals(0, ran.exit());
        assertTrue(ran.out().contains("overall progress: 0 out of 1 tasks"), ran.out());
        assertTrue(ran.out().contains("overall progress: 1 out of 1 tasks"), ran.out());
        FakeDaemon.Asked asked = daemon.asked("POST /services/create").getFirst();
        JsonNode container = json(asked.body()).path("TaskTemplate").path("ContainerSpec");
        assertEquals("nginx:1", container.path("Image").asText());
        assertEquals(json("[\"serve\",\"--verbose\",\"-d\"]"), container.path("Args"));
        assertTrue(container.path("Init").asBoolean());
        assertTrue(asked.head().contains("Idempotency-Key: "), asked.head());
    }

    @Test
    void updateKeepsWhatItWasNotToldToChange() throws IOException {
        daemon.answer("GET /services/web", SERVICE.formatted(2, "")).answer("POST /services/svc1/update", "{}");
        FakeDaemon.Ran ran = daemon.run("service", "update", "--detach", "--env-add", "B=2", "--image", "nginx:2", "web");
        assertEquals(0, ran.exit(), ran.err());
        FakeDaemon.Asked asked = daemon.asked("POST /services/svc1/update").getFirst();
        assertTrue(asked.target().contains("version=7"), asked.target());
        JsonNode spec = json(asked.body());
        assertEquals(2, spec.path("Mode").path("Replicated").path("Replicas").asInt());
        assertEquals(json("[\"A=1\",\"B=2\"]"), spec.path("TaskTemplate").path("ContainerSpec").path("Env"));
    }

    @Test
    void anUpdateThatWasRolledBackFailsWithTheTasksError() {
        daemon.answer("GET /services/web", SERVICE.formatted(1, "")).answer("POST /services/svc1/update", "{}");
        daemon.answer("GET /services", "[" + SERVICE.formatted(1,
                ",\"UpdateStatus\":{\"State\":\"rollback_completed\",\"Message\":\"rollback completed\"}") + "]");
        daemon.answer("GET /tasks", "[" + task("t1", 1, "01", "running", "running", "") + ","
                + task("t2", 1, "00", "failed", "shutdown", "exit status 3") + "]");
        FakeDaemon.Ran ran = daemon.run("service", "update", "--image", "nginx:2", "web");
        assertEquals(1, ran.exit());
        assertTrue(ran.err().contains("was rolled back") && ran.err().contains("web.1: exit status 3"), ran.err());
    }

    @Test
    void listShowsModeCountsAndPorts() {
        daemon.answer("GET /services", "[" + SERVICE.formatted(2, "") + "]");
        FakeDaemon.Ran ran = daemon.run("service", "ls", "--filter", "name=we");
        assertTrue(ran.out().startsWith("ID     NAME   MODE         REPLICAS   IMAGE     PORTS\n"), ran.out());
        assertTrue(ran.out().contains("svc1   web    replicated   1/2        nginx:1   *:8080->80/tcp"), ran.out());
        assertTrue(daemon.asked("GET /services").getFirst().target().contains("{\"name\":[\"we\"]}"));
    }

    @Test
    void psSortsBySlotAndIndentsOlderTasks() {
        daemon.answer("GET /services/web", SERVICE.formatted(2, ""));
        daemon.answer("GET /nodes", "[{\"ID\":\"n1\",\"Description\":{\"Hostname\":\"alpha\"}}]");
        daemon.answer("GET /tasks", "[" + task("t3", 10, "09", "running", "running", "") + ","
                + task("t1", 2, "01", "failed", "shutdown", "boom") + "," + task("t2", 2, "02", "running", "running", "")
                + "]");
        FakeDaemon.Ran ran = daemon.run("service", "ps", "--format", "{{.Name}}|{{.Node}}|{{.Image}}|{{.Error}}", "web");
        assertEquals("web.2|alpha|nginx:1|\n \\_ web.2|alpha|nginx:1|\"boom\"\nweb.10|alpha|nginx:1|\n", ran.out());
    }

    @Test
    void logsCarryTaskAndNodeAndGoToTheirStream() {
        daemon.answer("GET /services/web", SERVICE.formatted(1, ""));
        daemon.answer("GET /nodes", "[{\"ID\":\"n1\",\"Description\":{\"Hostname\":\"alpha\"}}]");
        daemon.answer("GET /tasks/t1", task("t1", 1, "01", "running", "running", ""));
        String details = "com.docker.swarm.node.id=n1,com.docker.swarm.service.id=svc1,com.docker.swarm.task.id=t1 ";
        byte[] out = frame(1, details + "hello world\n" + details + "half ");
        byte[] rest = frame(1, "line\n");
        byte[] err = frame(2, details + "oops\n");
        byte[] body = ByteBuffer.allocate(out.length + rest.length + err.length).put(out).put(err).put(rest).array();
        daemon.answer("GET /services/svc1/logs", 200, "application/vnd.docker.multiplexed-stream", body);
        FakeDaemon.Ran ran = daemon.run("service", "logs", "web");
        assertEquals("web.1.t1@alpha    | hello world\nweb.1.t1@alpha    | half line\n", ran.out());
        assertEquals("web.1.t1@alpha    | oops\n", ran.err());
        assertEquals("hello world\nhalf line\n", daemon.run("service", "logs", "--raw", "web").out());
    }

    private static byte[] frame(int stream, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + bytes.length).put((byte) stream).put(new byte[3]).putInt(bytes.length).put(bytes)
                .array();
    }

    @Test
    void errorsAreOneLineAndUsageErrorsGiveAHint() {
        FakeDaemon.Ran missing = daemon.run("service", "inspect", "gone");
        assertEquals(1, missing.exit());
        assertEquals("jorch: nothing at GET /services/gone\n", missing.err());
        FakeDaemon.Ran wrong = daemon.run("service", "scale");
        assertEquals(2, wrong.exit());
        assertTrue(wrong.err().contains("See 'jorch service scale --help'."), wrong.err());
        assertEquals(2, daemon.run("service").exit());
        assertEquals(2, daemon.run("servce", "ls").exit());
        assertEquals(0, daemon.run("service", "create", "--help").exit());
        assertFalse(daemon.run("completion", "bash").out().isEmpty());
    }

    @Test
    void pauseResumeAndRollbackUseJorchsOwnPaths() {
        daemon.answer("GET /services/web", SERVICE.formatted(2, "")).answer("POST /jorch/services/svc1/rollout/pause", "{}")
                .answer("POST /jorch/services/svc1/rollback", "{}");
        assertEquals(0, daemon.run("service", "pause", "web").exit());
        FakeDaemon.Ran back = daemon.run("service", "rollback", "--revision", "3", "-d", "web");
        assertEquals(0, back.exit(), back.err());
        assertTrue(daemon.asked("POST /jorch/services/svc1/rollback").getFirst().target().contains("revision=3"));
    }
}
