package io.jorch.cli.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import io.jorch.cli.fake.FakeDaemon;
import io.jorch.cli.service.SpecEditor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class ComposeFileTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("TAG", "1.27", "EMPTY", "", "HOME_OF", "shell");

    @TempDir
    private Path folder;

    private static ComposeFile convert(String yaml) {
        return ComposeFile.of("shop", Entry.parse("c.yml", yaml, Interpolation.of(ENVIRONMENT)), Path.of("/srv"),
                ENVIRONMENT);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.mapper().readTree(text);
    }

    @Test
    void aWholeServiceBecomesASpecThatTheApiTakes() throws JsonProcessingException {
        ComposeFile file = convert("""
                services:
                  web:
                    image: nginx:${TAG:-latest}
                    command: serve "two words"
                    entrypoint: ["/bin/run"]
                    environment: {A: 1, HOME_OF: , MISSING: }
                    ports: ["8080:80/tcp", {target: 53, published: 5353, protocol: udp, mode: host}]
                    networks: {front: {aliases: [www]}}
                    healthcheck: {test: curl localhost, interval: 5s, retries: 2}
                    labels: [a=b]
                    user: "1000"
                    cap_drop: [all]
                    cap_add: [net_admin]
                    ulimits: {nofile: {soft: 10, hard: 20}, nproc: 5}
                    tmpfs: /run:size=64m
                    volumes: ["data:/var/lib:ro", "./conf:/etc/conf"]
                    stop_grace_period: 1m30s
                    extra_hosts: ["db:10.0.0.1"]
                    deploy:
                      mode: replicated
                      replicas: 3
                      labels: {tier: front}
                      endpoint_mode: dnsrr
                      resources: {limits: {cpus: "0.5", memory: 64M, pids: 100}, reservations: {memory: 32M}}
                      restart_policy: {condition: on-failure, delay: 1s, max_attempts: 2, window: 10s}
                      update_config: {parallelism: 2, order: start-first, failure_action: rollback, max_failure_ratio: 0.1}
                      rollback_config: {parallelism: 0}
                      placement: {constraints: [node.role==worker], preferences: [{spread: node.labels.z}], max_replicas_per_node: 2}
                networks:
                  front: {attachable: true, ipam: {config: [{subnet: 10.5.0.0/24}]}}
                volumes:
                  data:
                """);
        JsonNode spec = file.services().get("web");
        new SpecEditor(file.services().get("web")).checked();
        assertEquals("shop_web", spec.path("Name").asText());
        assertEquals("shop", spec.path("Labels").path("com.docker.stack.namespace").asText());
        JsonNode container = spec.path("TaskTemplate").path("ContainerSpec");
        assertEquals("nginx:1.27", container.path("Image").asText());
        assertEquals(json("[\"serve\",\"two words\"]"), container.path("Args"));
        assertEquals(json("[\"A=1\",\"HOME_OF=shell\"]"), container.path("Env"));
        assertEquals(json("[\"CAP_NET_ADMIN\"]"), container.path("CapabilityAdd"));
        assertEquals(90_000_000_000L, container.path("StopGracePeriod").asLong());
        assertEquals("/srv/conf", container.path("Mounts").findValuesAsText("Source").get(1));
        assertEquals("shop_data", container.path("Mounts").findValuesAsText("Source").getFirst());
        assertEquals(json("[\"10.0.0.1 db\"]"), container.path("Hosts"));
        assertEquals(json("[{\"Target\":\"shop_front\",\"Aliases\":[\"web\",\"www\"]}]"),
                spec.path("TaskTemplate").path("Networks"));
        assertEquals(3, spec.path("Mode").path("Replicated").path("Replicas").asInt());
        assertEquals(64 << 20, spec.path("TaskTemplate").path("Resources").path("Limits").path("MemoryBytes").asInt());
        assertEquals("start-first", spec.path("UpdateConfig").path("Order").asText());
        assertEquals(5353, spec.path("EndpointSpec").path("Ports").path(1).path("PublishedPort").asInt());
        assertEquals("shop_front", file.networks().get("shop_front").get("Name"));
    }

    @Test
    void withoutNetworksTheDefaultOneIsMade() {
        ComposeFile file = convert("services: {a: {image: x}, b: {image: y, networks: [out]}}\n"
                + "networks: {out: {external: true}}");
        assertEquals(java.util.Set.of("shop_default"), file.networks().keySet());
        assertEquals(java.util.List.of("out"), file.external());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "services: {a: {image: x, imagee: y}}|c.yml:1:26: services.a.imagee",
            "services: {a: {image: x, deploy: {replicas: many}}}|c.yml:1:35: services.a.deploy.replicas",
            "services: {a: {image: x, networks: [gone]}}|c.yml:1:37: services.a.networks[0]: network gone",
            "services: {a: {image: x, secrets: [s]}}|not in this version",
            "services: {a: {command: x}}|c.yml:1:12: services.a: has no image",
            "services: {a: {image: '${NOPE:?say it}'}}|variable NOPE is not set: say it",
            "services: [a|c.yml:1:"})
    void whatIsWrongIsNamedWithItsPlace(String yaml, String expected) {
        String message = String.valueOf(assertThrows(JorchException.class, () -> convert(yaml)).getMessage());
        assertTrue(message.contains(expected), message);
    }

    @Test
    void keysWithoutEffectAreWarnedOf() {
        assertEquals(java.util.List.of("c.yml:1:26: services.a.restart: has no effect in a stack"),
                convert("services: {a: {image: x, restart: always, x-mine: 1}}").warnings());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', value = {"$TAG!,1.27!", "${TAG},1.27", "${NO},~~", "${EMPTY-d},~~", "${EMPTY:-d},d",
            "${NO-${TAG}},1.27", "$$TAG,$TAG", "${TAG:+yes},yes", "${NO+yes},~~"})
    void variablesAreReplacedAsComposeDoes(String text, String expected) {
        Entry entry = Entry.parse("c.yml", "'" + text + "'", Interpolation.of(ENVIRONMENT));
        assertEquals(expected, entry.text());
    }

    @Test
    void deployMakesNetworksAndServicesAndPrunesWhatIsGone() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yml"), "services: {web: {image: 'nginx:${TAG}'}, db: {image: pg}}");
        try (FakeDaemon daemon = new FakeDaemon(folder)) {
            daemon.answer("GET /networks", "[]").answer("POST /networks/create", "{\"Id\":\"n\"}")
                    .answer("GET /services", """
                            [{"ID":"s1","Version":{"Index":4},"Spec":{"Name":"shop_db","TaskTemplate":{"ForceUpdate":2}}},
                            {"ID":"s2","Version":{"Index":5},"Spec":{"Name":"shop_old"}}]""")
                    .answer("POST /services/create", "{\"ID\":\"s3\"}").answer("POST /services/s1/update", "{}")
                    .answer("DELETE /services/s2", "{}");
            FakeDaemon.Ran ran = daemon.run("stack", "deploy", "--detach", "--prune", "-c", file.toString(), "shop");
            assertEquals("", ran.err());
            assertEquals("Created network shop_default\nCreated service shop_web\nUpdated service shop_db\n"
                    + "Removed service shop_old\n", ran.out());
            assertEquals("nginx:1.27", json(daemon.asked("POST /services/create").getFirst().body()).path("TaskTemplate")
                    .path("ContainerSpec").path("Image").asText());
            assertTrue(daemon.asked("POST /services/s1/update").getFirst().body().contains("\"ForceUpdate\":2"));
        }
    }
}
