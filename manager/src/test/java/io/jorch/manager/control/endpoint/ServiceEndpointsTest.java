package io.jorch.manager.control.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jorch.api.object.Rollout;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.command.Command;
import io.jorch.manager.control.fake.EngineSchema;
import io.jorch.manager.control.fake.FakeCluster;
import io.jorch.manager.control.fake.FakeImages;
import io.jorch.manager.control.fake.Served;
import io.jorch.manager.control.fake.UnixHttp;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServiceEndpointsTest {
    private static final String DIGEST = FakeImages.digest("nginx");
    @TempDir
    Path folder;
    private Served served;
    private UnixHttp client;

    @BeforeEach
    void serve() throws InterruptedException {
        served = new Served(folder);
        client = served.client;
        served.fakes.images.registry.put("nginx:1", DIGEST);
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private static String spec(String name, String image, int replicas, String more) {
        return "{\"Name\":\"" + name + "\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"" + image
                + "\"}},\"Mode\":{\"Replicated\":{\"Replicas\":" + replicas + "}}" + more + "}";
    }

    private String create(String name, int replicas) throws IOException {
        UnixHttp.Reply reply = client.post("/services/create", spec(name, "nginx:1", replicas, ""));
        EngineSchema.check("POST", "/services/create", reply);
        assertEquals(201, reply.status(), reply::text);
        return reply.json().get("ID").asText();
    }

    private JsonNode get(String template, String path) throws IOException {
        UnixHttp.Reply reply = client.get(path);
        EngineSchema.check("GET", template, reply);
        assertEquals(200, reply.status(), reply::text);
        return reply.json();
    }

    private static String filters(String path, String json) {
        return path + "?filters=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private UnixHttp.Reply update(String reference, JsonNode service, JsonNode spec, String query) throws IOException {
        UnixHttp.Reply reply = client.post("/services/" + reference + "/update?version="
                + service.at("/Version/Index").asLong() + query, spec.toString());
        EngineSchema.check("POST", "/services/{id}/update", reply);
        return reply;
    }

    @Test
    void aServiceIsFoundByIdNameAndBeginning() throws IOException {
        String id = create("web", 2);
        for (String reference : List.of(id, "web", id.substring(0, 6))) {
            assertEquals("web", get("/services/{id}", "/services/" + reference).at("/Spec/Name").asText());
        }
        assertEquals("service nowhere not found", client.get("/services/nowhere").message());
        create("other", 1);
        UnixHttp.Reply ambiguous = client.get("/services/" + id.substring(0, 3));
        assertEquals(400, ambiguous.status());
        assertEquals("service " + id.substring(0, 3) + " is ambiguous (2 matches found)", ambiguous.message());
    }

    @Test
    void listsCountTasksOnlyWhenAskedAndFilter() throws IOException {
        create("web", 2);
        create("db", 1);
        JsonNode counted = get("/services", "/services?status=true");
        assertEquals(2, counted.at("/0/ServiceStatus/RunningTasks").asInt());
        assertEquals(2, counted.at("/0/ServiceStatus/DesiredTasks").asInt());
        assertFalse(get("/services", "/services").get(0).has("ServiceStatus"));
        assertEquals(1, get("/services", filters("/services", "{\"name\":[\"we\"]}")).size());
        assertEquals(0, get("/services", filters("/services", "{\"mode\":[\"global\"]}")).size());
        assertEquals(400, client.get(filters("/services", "{\"mode\":[\"swarmed\"]}")).status());
        assertEquals(400, client.get("/services?stauts=true").status());
    }

    @Test
    void anImageIsResolvedOnceAndTasksRunItsDigest() throws IOException {
        create("web", 1);
        Command.CreateService command = assertInstanceOf(Command.CreateService.class,
                served.fakes.cluster.commands.getFirst());
        assertEquals(DIGEST, command.image().digest());
        assertEquals("nginx:1", get("/services/{id}", "/services/web").at("/Spec/TaskTemplate/ContainerSpec/Image").asText());
        assertEquals("nginx:1@" + DIGEST, get("/tasks", "/tasks").at("/0/Spec/ContainerSpec/Image").asText());
    }

    @Test
    void aDigestThatTheClientResolvedIsTakenAsItIs() throws IOException {
        UnixHttp.Reply reply = client.post("/services/create", spec("web", "own:1@" + DIGEST, 1, ""));
        assertEquals(201, reply.status(), reply::text);
        assertEquals(DIGEST, ((Command.CreateService) served.fakes.cluster.commands.getFirst()).image().digest());
        assertTrue(served.fakes.images.credentials.isEmpty(), "the registry was asked");
    }

    @Test
    void aLocalImageIsPinnedWithAWarningWhenNoRegistryHasIt() throws IOException {
        served.fakes.images.local.put("mine:1", FakeImages.digest("mine"));
        UnixHttp.Reply reply = client.post("/services/create", spec("web", "mine:1", 1, ""));
        EngineSchema.check("POST", "/services/create", reply);
        assertTrue(reply.json().at("/Warnings/0").asText().contains("this node's own was taken"), reply::text);
        assertEquals(FakeImages.digest("mine"),
                ((Command.CreateService) served.fakes.cluster.commands.getFirst()).image().digest());
    }

    @Test
    void anImageThatNobodyHasGivesAWarningAndNoDigest() throws IOException {
        UnixHttp.Reply reply = client.post("/services/create", spec("web", "ghost:1", 1, ""));
        assertEquals(201, reply.status(), reply::text);
        assertTrue(reply.json().at("/Warnings/0").asText().startsWith("unable to pin image ghost:1 to digest"),
                reply::text);
        UnixHttp.Reply never = client.post("/services/create", spec("web2", "nginx:1", 1, ""),
                Map.of("X-Jorch-Resolve-Image", "never"));
        assertEquals(201, never.status(), never::text);
        assertEquals("", ((Command.CreateService) served.fakes.cluster.commands.getLast()).image().digest());
    }

    @Test
    void aRegistryCredentialIsUsedKeptAndNeverShown() throws IOException {
        String header = Base64.getUrlEncoder().encodeToString(
                "{\"username\":\"bob\",\"password\":\"hunter2\"}".getBytes(StandardCharsets.UTF_8));
        UnixHttp.Reply reply = client.post("/services/create", spec("web", "nginx:1", 1, ""),
                Map.of("X-Registry-Auth", header));
        String id = reply.json().get("ID").asText();
        assertEquals("hunter2", served.fakes.kept.get(id).password());
        assertEquals("bob", served.fakes.images.credentials.getFirst().username());
        assertFalse(client.get("/services/web").text().contains("hunter2"));
        assertFalse(served.fakes.cluster.commands.toString().contains("hunter2"));
        UnixHttp.Reply bad = client.post("/services/create", spec("x", "nginx:1", 1, ""),
                Map.of("X-Registry-Auth", "%%%"));
        assertEquals(400, bad.status());
    }

    @Test
    void whatIsWrongIsNamedByItsPathAndNothingIsMade() throws IOException {
        Map<String, String> wrong = Map.of( //
                "{\"Name\":\"w\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"nginx:1\",\"Colour\":1}}}",
                "TaskTemplate.ContainerSpec.Colour: is not a field",
                "{\"Name\":\"w\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"\"}}}", "TaskTemplate.ContainerSpec.Image: ",
                "{\"Name\":\"w\"}", "TaskTemplate.ContainerSpec: is missing",
                spec("-w", "nginx:1", 1, ""), "Name: ", spec("w", "nginx:1", 1, ",\"Mode\":{\"Global\":{}}"), "",
                "{\"Name\":\"w\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"nginx:1\",\"Mounts\":[{\"Type\":\"npipe\","
                        + "\"Target\":\"/x\"}]}}}",
                "TaskTemplate.ContainerSpec.Mounts.Type: ",
                "{\"Name\":\"w\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"nginx:1\"},\"Resources\":{\"Limits\":"
                        + "{\"MemoryBytes\":1000}}}}",
                "TaskTemplate.Resources.Limits.MemoryBytes: ",
                "{\"Name\":\"w\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"nginx:1\"}},\"Mode\":{\"GlobalJob\":{}},"
                        + "\"UpdateConfig\":{\"Parallelism\":1}}",
                "UpdateConfig: ", "{", "malformed JSON");
        for (Map.Entry<String, String> entry : wrong.entrySet()) {
            if (entry.getValue().isEmpty()) {
                continue;
            }
            UnixHttp.Reply reply = client.post("/services/create", entry.getKey());
            assertEquals(400, reply.status(), entry.getKey());
            assertTrue(reply.message().startsWith(entry.getValue()), reply::message);
        }
        assertEquals(0, get("/services", "/services").size());
    }

    @Test
    void aServiceWithoutANameIsGivenOne() throws IOException {
        assertEquals(201, client.post("/services/create", spec("", "nginx:1", 1, "")).status());
        String name = get("/services", "/services").at("/0/Spec/Name").asText();
        assertTrue(name.matches("[a-z]+_[a-z]+_\\d+"), name);
    }

    @Test
    void defaultsAreInsertedWhenAskedFor() throws IOException {
        create("web", 1);
        JsonNode plain = get("/services/{id}", "/services/web");
        assertTrue(plain.at("/Spec/UpdateConfig").isMissingNode());
        JsonNode filled = get("/services/{id}", "/services/web?insertDefaults=true");
        assertEquals(5_000_000_000L, filled.at("/Spec/UpdateConfig/Monitor").asLong());
        assertEquals("any", filled.at("/Spec/TaskTemplate/RestartPolicy/Condition").asText());
        assertEquals(10_000_000_000L, filled.at("/Spec/TaskTemplate/ContainerSpec/StopGracePeriod").asLong());
        assertEquals("vip", filled.at("/Spec/EndpointSpec/Mode").asText());
    }

    @Test
    void anUpdateKeepsWhatItsClientDoesNotKnowAndTheRunningDigest() throws IOException {
        UnixHttp.Reply made = client.post("/services/create",
                spec("web", "nginx:1", 1, ",\"Jorch\":{\"AutoUpdate\":\"digest\"}"));
        assertEquals(201, made.status(), made::text);
        JsonNode service = get("/services/{id}", "/services/web");
        served.fakes.images.registry.put("nginx:1", FakeImages.digest("newer"));
        ObjectNode spec = service.get("Spec").deepCopy();
        spec.remove("Jorch");
        spec.putObject("Labels").put("a", "b");
        assertEquals(200, update("web", service, spec, "").status());
        JsonNode after = get("/services/{id}", "/services/web");
        assertEquals("digest", after.at("/Spec/Jorch/AutoUpdate").asText());
        assertEquals("nginx:1@" + DIGEST, get("/tasks", "/tasks").at("/0/Spec/ContainerSpec/Image").asText());
        UnixHttp.Reply stale = update("web", service, spec, "");
        assertEquals(409, stale.status());
        assertTrue(stale.message().startsWith("update out of sequence"), stale::message);
    }

    @Test
    void alwaysResolvesATagThatMoved() throws IOException {
        create("web", 1);
        served.fakes.images.registry.put("nginx:1", FakeImages.digest("newer"));
        JsonNode service = get("/services/{id}", "/services/web");
        UnixHttp.Reply reply = client.post("/services/web/update?version=" + service.at("/Version/Index").asLong(),
                service.get("Spec").toString(), Map.of("X-Jorch-Resolve-Image", "always"));
        assertEquals(200, reply.status(), reply::text);
        JsonNode tasks = get("/tasks", filters("/tasks", "{\"desired-state\":[\"running\"]}"));
        assertEquals("nginx:1@" + FakeImages.digest("newer"), tasks.at("/0/Spec/ContainerSpec/Image").asText());
    }

    @Test
    void rollbackGoesBackOneOrToAnyRevision() throws IOException {
        create("web", 1);
        for (String value : List.of("1", "2")) {
            JsonNode service = get("/services/{id}", "/services/web");
            ObjectNode spec = service.get("Spec").deepCopy();
            ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec")).putArray("Env").add("A=" + value);
            assertEquals(200, update("web", service, spec, "").status());
        }
        JsonNode service = get("/services/{id}", "/services/web");
        assertEquals("A=1", service.at("/PreviousSpec/TaskTemplate/ContainerSpec/Env/0").asText());
        assertEquals(400, update("web", service, service.get("Spec"), "&rollback=further").status());
        assertEquals(200, update("web", service, service.get("Spec"), "&rollback=previous").status());
        JsonNode back = get("/services/{id}", "/services/web");
        assertEquals("A=1", back.at("/Spec/TaskTemplate/ContainerSpec/Env/0").asText());
        assertEquals("rollback_completed", back.at("/UpdateStatus/State").asText());
        JsonNode revisions = client.get("/jorch/services/web/revisions").json();
        assertEquals(4, revisions.size());
        assertEquals(4, revisions.at("/0/Number").asInt());
        assertTrue(revisions.at("/0/Target").asBoolean());
        assertEquals("rollback", revisions.at("/0/Origin").asText());
        UnixHttp.Reply first = client.post("/jorch/services/web/rollback?revision=1", "");
        assertEquals(200, first.status(), first::text);
        assertTrue(get("/services/{id}", "/services/web").at("/Spec/TaskTemplate/ContainerSpec/Env").isMissingNode());
        assertTrue(client.post("/jorch/services/web/rollback?revision=99", "").message().startsWith("revision: "));
    }

    @Test
    void aFirstRevisionHasNothingToRollBackTo() throws IOException {
        create("web", 1);
        JsonNode service = get("/services/{id}", "/services/web");
        UnixHttp.Reply reply = update("web", service, service.get("Spec"), "&rollback=previous");
        assertEquals(400, reply.status());
        assertTrue(reply.message().contains("does not have a previous spec"), reply::message);
    }

    @Test
    void anOldRolloutIsNotShownForANewWish() throws IOException {
        create("web", 1);
        JsonNode service = get("/services/{id}", "/services/web");
        ObjectNode spec = service.get("Spec").deepCopy();
        ((ObjectNode) spec.get("TaskTemplate")).put("ForceUpdate", 1);
        assertEquals(200, update("web", service, spec, "").status());
        assertEquals("completed", get("/services/{id}", "/services/web").at("/UpdateStatus/State").asText());
        served.fakes.cluster.settles = false;
        service = get("/services/{id}", "/services/web");
        spec = service.get("Spec").deepCopy();
        ((ObjectNode) spec.at("/Mode/Replicated")).put("Replicas", 5);
        assertEquals(200, update("web", service, spec, "").status());
        assertTrue(get("/services/{id}", "/services/web").at("/UpdateStatus").isMissingNode(),
                "a scaled service looks converged");
        assertEquals(1, get("/tasks", filters("/tasks", "{\"service\":[\"web\"],\"_up-to-date\":[\"true\"]}")).size());
    }

    @Test
    void aRolloutIsPausedAndResumedByHand() throws IOException {
        create("web", 1);
        assertEquals(409, client.post("/jorch/services/web/rollout/pause", "").status());
        served.fakes.cluster.settles = false;
        JsonNode service = get("/services/{id}", "/services/web");
        ObjectNode spec = service.get("Spec").deepCopy();
        ((ObjectNode) spec.get("TaskTemplate")).put("ForceUpdate", 1);
        update("web", service, spec, "");
        assertEquals("updating", get("/services/{id}", "/services/web").at("/UpdateStatus/State").asText());
        assertEquals(0, get("/tasks", filters("/tasks", "{\"_up-to-date\":{\"true\":true}}")).size());
        assertEquals(200, client.post("/jorch/services/web/rollout/pause", "").status());
        JsonNode paused = get("/services/{id}", "/services/web").get("UpdateStatus");
        assertEquals("paused", paused.get("State").asText());
        assertEquals("update paused by hand", paused.get("Message").asText());
        assertEquals(200, client.post("/jorch/services/web/rollout/resume", "").status());
        Rollout rollout = served.fakes.cluster.current().rollouts().all().iterator().next();
        assertEquals(Rollout.State.UPDATING, rollout.state());
    }

    @Test
    void removalIsAnsweredAndTheServiceGone() throws IOException {
        create("web", 2);
        UnixHttp.Reply reply = client.delete("/services/web");
        EngineSchema.check("DELETE", "/services/{id}", reply);
        assertEquals(200, reply.status());
        assertEquals(404, client.get("/services/web").status());
        assertEquals(0, get("/tasks", "/tasks").size());
    }

    @Test
    void tasksShowTheirNewestStatusAndAreFiltered() throws IOException {
        String id = create("web", 2);
        JsonNode task = get("/tasks", "/tasks").get(0);
        assertEquals("web.1." + task.get("ID").asText(), task.get("Name").asText());
        assertEquals(4_711, task.at("/Status/ContainerStatus/PID").asInt());
        assertTrue(task.at("/Status/Ready").asBoolean());
        assertEquals("ingress", task.at("/NetworksAttachments/0/Network/Spec/Name").asText());
        assertTrue(task.at("/NetworksAttachments/0/Addresses/0").asText().endsWith("/16"));
        Task stored = served.fakes.cluster.current().tasks().all().iterator().next();
        served.fakes.cluster.put(served.fakes.cluster.running(served.fakes.cluster.current().serviceNamed("web"), 3)
                .withStatus(TaskStatus.of(TaskState.ASSIGNED, Instant.now(), "assigned"), Instant.now()));
        Task assigned = served.fakes.cluster.current().tasksOfService(id).stream().filter(each -> each.slot() == 3)
                .findFirst().orElseThrow();
        served.fakes.cluster.status(assigned.id(), TaskStatus.of(TaskState.PREPARING, Instant.now(), "pulling"));
        served.fakes.cluster.status(stored.id(), TaskStatus.of(TaskState.STARTING, Instant.now(), "late"));
        assertEquals("preparing", get("/tasks/{id}", "/tasks/" + assigned.id()).at("/Status/State").asText());
        assertEquals("running", get("/tasks/{id}", "/tasks/" + stored.id()).at("/Status/State").asText());
        for (String matching : List.of("{\"service\":[\"web\"]}", "{\"node\":[\"self\"]}", "{\"name\":[\"web.\"]}",
                "{\"node\":[\"alpha\"],\"desired-state\":[\"running\"]}")) {
            assertEquals(3, get("/tasks", filters("/tasks", matching)).size(), matching);
        }
        assertEquals(1, get("/tasks", filters("/tasks", "{\"id\":[\"" + stored.id() + "\"]}")).size());
        assertEquals(0, get("/tasks", filters("/tasks", "{\"service\":[\"nowhere\"]}")).size());
        assertEquals(0, get("/tasks", filters("/tasks", "{\"desired-state\":[\"shutdown\"]}")).size());
        assertEquals(FakeCluster.NODE, task.get("NodeID").asText());
    }

    @Test
    void anIdempotencyKeyReachesTheLeader() throws IOException {
        client.post("/services/create", spec("web", "nginx:1", 1, ""), Map.of("Idempotency-Key", "key-1"));
        assertEquals(List.of("key-1"), served.fakes.cluster.keys);
    }

    @Test
    void aJobHasItsRun() throws IOException {
        UnixHttp.Reply made = client.post("/services/create", "{\"Name\":\"job\",\"TaskTemplate\":{\"ContainerSpec\":"
                + "{\"Image\":\"nginx:1\"}},\"Mode\":{\"ReplicatedJob\":{\"TotalCompletions\":2}}}");
        assertEquals(201, made.status(), made::text);
        JsonNode job = get("/services", "/services?status=1").get(0);
        assertEquals(1, job.at("/JobStatus/JobIteration/Index").asInt());
        assertEquals(1, get("/tasks", "/tasks").at("/0/JobIteration/Index").asInt());
    }
}
