package io.jorch.cluster;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.json.Json;
import io.jorch.cli.client.EngineClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class OneNodeIT {
    private static final Path BUSYBOX = Path.of("/bin/busybox");

    private static byte[] rootfs(String page) throws IOException {
        assertTrue(Files.exists(BUSYBOX), "needs /bin/busybox: apt install busybox-static");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            file(tar, "bin/busybox", Files.readAllBytes(BUSYBOX), 0755);
            file(tar, "www/index.html", page.getBytes(StandardCharsets.UTF_8), 0644);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setMode(0100000 | mode);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void importImage(EngineClient client, String tag) throws IOException {
        client.upload(EngineClient.call("/images/create").with("fromSrc", "-").with("repo", "web").with("tag", tag)
                .with("changes", "CMD [\"/bin/busybox\",\"httpd\",\"-f\",\"-p\",\"8080\",\"-h\",\"/www\"]"),
                new ByteArrayInputStream(rootfs("page " + tag)), answer -> {
                    assertTrue(answer.path("error").isMissingNode(), answer.toString());
                    return true;
                });
    }

    private static JsonNode spec(String tag, int replicas) throws IOException {
        return Json.mapper().readTree("{\"Name\":\"web\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"web:" + tag
                + "\"},\"Resources\":{\"Limits\":{\"MemoryBytes\":67108864}}},\"Mode\":{\"Replicated\":{\"Replicas\":"
                + replicas + "}},\"UpdateConfig\":{\"Parallelism\":2,\"Order\":\"start-first\",\"Monitor\":500000000},"
                + "\"EndpointSpec\":{\"Ports\":[{\"TargetPort\":8080,\"PublishedPort\":18080}]}}");
    }

    /// The pids of running tasks of an image.
    private static Set<Long> running(EngineClient client, String image) {
        Set<Long> pids = new TreeSet<>();
        for (JsonNode task : client.get(EngineClient.call("/tasks"))) {
            if (task.path("Status").path("State").asText().equals("running")
                    && task.path("DesiredState").asText().equals("running")
                    && task.path("Spec").path("ContainerSpec").path("Image").asText().startsWith(image)) {
                pids.add(task.path("Status").path("ContainerStatus").path("PID").asLong());
            }
        }
        return pids;
    }

    private static String page(NodeProcess node) throws IOException, InterruptedException {
        return node.inside("curl", "-s", "-m", "5", "http://127.0.0.1:18080/index.html");
    }

    @Test
    void aServiceIsServedSurvivesTheDaemonsDeathIsRolledAndLeavesNothing(@TempDir Path folder) throws Exception {
        try (NodeProcess node = new NodeProcess(folder)) {
            node.start();
            EngineClient client = node.client();
            String nodeId = client.post(EngineClient.call("/swarm/init"), Json.mapper().createObjectNode()).asText();
            try {
                importImage(client, "v1");
                importImage(client, "v2");
                String id = client.post(EngineClient.call("/services/create"), spec("v1", 3)).path("ID").asText();
                await().atMost(Duration.ofSeconds(60)).until(() -> running(client, "web:v1").size() == 3);
                await().atMost(Duration.ofSeconds(10)).until(() -> page(node).equals("page v1"));

                Set<Long> before = running(client, "web:v1");
                node.kill();
                assertEquals("page v1", page(node), "containers and their ports outlive the daemon");
                node.start();
                await().atMost(Duration.ofSeconds(30)).until(() -> running(client, "web:v1").size() == 3);
                assertEquals(before, running(client, "web:v1"), "adopted, not started anew");

                long version = client.get(EngineClient.call("/services/" + id)).path("Version").path("Index").asLong();
                client.post(EngineClient.call("/services/" + id + "/update").with("version", Long.toString(version)),
                        spec("v2", 3));
                int asked = 0;
                while (running(client, "web:v2").size() < 3 || !running(client, "web:v1").isEmpty()) {
                    assertTrue(page(node).startsWith("page v"), "a request was lost in the rollout");
                    asked++;
                }
                assertTrue(asked > 0);
                assertEquals("page v2", page(node));

                client.delete(EngineClient.call("/services/" + id));
                await().atMost(Duration.ofSeconds(60)).until(() -> client.get(EngineClient.call("/tasks")).isEmpty());
                await().atMost(Duration.ofSeconds(20)).until(() -> entries(node.data().resolve("tasks")) == 0);
            } finally {
                node.end(nodeId.substring(0, 6));
            }
        } catch (Exception | AssertionError failure) {
            System.out.println(Files.readString(folder.resolve("daemon.log")));
            throw failure;
        }
    }

    private static long entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
