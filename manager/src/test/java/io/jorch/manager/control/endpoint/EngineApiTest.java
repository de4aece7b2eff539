package io.jorch.manager.control.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.api.error.ErrorCode;
import io.jorch.manager.control.EngineApi;
import io.jorch.manager.control.fake.EngineSchema;
import io.jorch.manager.control.fake.FakeCluster;
import io.jorch.manager.control.fake.FakeParts;
import io.jorch.manager.control.fake.Served;
import io.jorch.manager.control.fake.UnixHttp;
import io.jorch.manager.control.http.Route;
import io.jorch.manager.control.seam.NodeInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The node's, the swarm's and the whole table's endpoints, through the socket.
@Timeout(60)
class EngineApiTest {
    @TempDir
    Path folder;
    private Served served;
    private UnixHttp client;

    @BeforeEach
    void serve() throws InterruptedException {
        served = new Served(folder);
        client = served.client;
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

    @Test
    void everyEndpointOfDockersSpecificationIsInTheTable() {
        List<Route> table = new EngineApi(new FakeParts().parts()).routes().all();
        List<String> missing = new ArrayList<>();
        EngineSchema.paths().forEach((path, methods) -> {
            String[] wanted = path.substring(1).split("/");
            for (String method : methods) {
                if (table.stream().noneMatch(route -> route.method().equals(method) && fits(route.path(), wanted))) {
                    missing.add(method + " " + path);
                }
            }
        });
        assertEquals(List.of(), missing);
    }

    private static boolean fits(String template, String[] wanted) {
        String[] have = template.substring(1).split("/");
        boolean greedy = have[have.length - 1].endsWith("...}");
        if (greedy ? wanted.length < have.length : have.length != wanted.length) {
            return false;
        }
        for (int index = 0; index < have.length; index++) {
            if (!have[index].startsWith("{") && !have[index].equals(wanted[index])) {
                return false;
            }
        }
        return true;
    }

    @Test
    void noLineOfTheTableIsTwice() {
        Set<String> seen = new HashSet<>();
        for (Route route : new EngineApi(new FakeParts().parts()).routes().all()) {
            assertTrue(seen.add(route.method() + " " + route.path()), route::path);
        }
    }

    @Test
    void pingTellsVersionAndRole() throws IOException {
        UnixHttp.Reply ping = client.get("/_ping");
        assertEquals("OK", ping.text());
        assertEquals("1.50", ping.headers().get("api-version"));
        assertEquals("active/manager", ping.headers().get("swarm"));
        assertEquals("linux", ping.headers().get("ostype"));
        assertEquals("false", ping.headers().get("docker-experimental"));
        UnixHttp.Reply head = client.send("HEAD", "/_ping", Map.of(), new byte[0]);
        assertEquals(200, head.status());
        assertEquals("active/manager", head.headers().get("swarm"));
    }

    @Test
    void versionAndInfoAreDockersShape() throws IOException {
        assertEquals("0.1.0", get("/version", "/v1.50/version").get("Version").asText());
        JsonNode info = get("/info", "/info");
        assertEquals("active", info.at("/Swarm/LocalNodeState").asText());
        assertEquals(1, info.at("/Swarm/Managers").asInt());
        assertEquals(FakeCluster.NODE, info.at("/Swarm/NodeID").asText());
        assertEquals("WARNING: no AppArmor on this machine", info.at("/Warnings/0").asText());
        assertEquals("name=seccomp,profile=builtin", info.at("/SecurityOptions/0").asText());
    }

    @Test
    void infoNeverShowsTokensOrKeys() throws IOException {
        String info = client.get("/info").text();
        assertFalse(info.contains("secret"), info);
        assertFalse(info.contains("signing-key"), info);
        assertFalse(client.get("/swarm").text().contains("signing-key"));
    }

    @Test
    void aNodeInNoSwarmAnswersForItselfAndRefusesTheRestInDockersWords() throws IOException {
        served.fakes.node.membership = NodeInfo.Membership.NONE;
        assertEquals("inactive", get("/info", "/info").at("/Swarm/LocalNodeState").asText());
        assertEquals("inactive", client.get("/_ping").headers().get("swarm"));
        for (String path : List.of("/swarm", "/nodes", "/services", "/tasks", "/networks", "/secrets")) {
            UnixHttp.Reply reply = client.get(path);
            EngineSchema.check("GET", path, reply);
            assertEquals(503, reply.status(), path);
            assertTrue(reply.message().startsWith("This node is not a swarm manager. Use \"docker swarm init\""),
                    reply::message);
        }
    }

    @Test
    void aWorkerSaysThatItIsOne() throws IOException {
        served.fakes.node.membership = new NodeInfo.Membership(NodeInfo.State.ACTIVE, FakeCluster.NODE, "", false, "");
        assertEquals("active/worker", client.get("/_ping").headers().get("swarm"));
        assertTrue(client.get("/nodes").message().contains("Worker nodes can't be used to view or modify cluster state"));
        assertEquals(200, client.get("/images/json").status());
    }

    @Test
    void withoutAMajorityNothingOldIsShownAsNew() throws IOException {
        served.fakes.cluster.majority = false;
        UnixHttp.Reply reply = client.get("/services");
        assertEquals(ErrorCode.UNAVAILABLE.httpStatus(), reply.status());
        assertEquals("no leader: see that a majority of the managers is up", reply.message());
        assertEquals(200, client.get("/info").status());
    }

    @Test
    void swarmShowsTheJoinTokens() throws IOException {
        JsonNode swarm = get("/swarm", "/swarm");
        assertEquals("SWMTKN-1-ca-workersecret", swarm.at("/JoinTokens/Worker").asText());
        assertEquals("SWMTKN-1-ca-managersecret", swarm.at("/JoinTokens/Manager").asText());
        assertEquals("default", swarm.at("/Spec/Name").asText());
    }

    @Test
    void swarmIsMadeAndLeft() throws IOException {
        served.fakes.node.membership = NodeInfo.Membership.NONE;
        UnixHttp.Reply made = client.post("/swarm/init", """
                {"ListenAddr": "0.0.0.0:2377", "AdvertiseAddr": "10.1.1.1", "DataPathPort": 4789, "SubnetSize": 24,
                 "DefaultAddrPool": ["10.8.0.0/16"], "ForceNewCluster": false, "AutoLockManagers": false,
                 "Availability": "active", "Spec": {"Orchestration": {}, "Raft": {}, "Dispatcher": {},
                 "CAConfig": {}, "EncryptionConfig": {"AutoLockManagers": false}}}""");
        EngineSchema.check("POST", "/swarm/init", made);
        assertEquals("\"" + FakeCluster.NODE + "\"", made.text());
        assertEquals(List.of("10.8.0.0/16"), served.fakes.node.inits.getFirst().defaultAddrPool());
        assertEquals(200, client.post("/swarm/leave?force=1", "").status());
        assertEquals(List.of(true), served.fakes.node.leaves);
    }

    @Test
    void whatALaterVersionBringsIsRefusedByName() throws IOException {
        assertEquals(501, client.post("/swarm/join", "{}").status());
        assertTrue(client.post("/swarm/unlock", "{}").message().startsWith("autolock is not in this version"));
        long version = get("/swarm", "/swarm").at("/Version/Index").asLong();
        assertTrue(client.post("/swarm/update?version=" + version, "{\"EncryptionConfig\":{\"AutoLockManagers\":true}}")
                .message().startsWith("autolock"));
        assertTrue(client.post("/containers/create", "{}").message().startsWith("jorch runs containers as tasks"));
        assertEquals(501, client.post("/containers/abc/start?t=5", "").status());
        assertEquals(501, client.post("/secrets/create", "{}").status());
    }

    @Test
    void swarmUpdateRotatesTokensAndMindsItsVersion() throws IOException {
        long version = get("/swarm", "/swarm").at("/Version/Index").asLong();
        String spec = get("/swarm", "/swarm").get("Spec").toString();
        UnixHttp.Reply updated = client.post("/swarm/update?rotateWorkerToken=true&version=" + version, spec);
        EngineSchema.check("POST", "/swarm/update", updated);
        assertEquals(200, updated.status(), updated::text);
        assertFalse(get("/swarm", "/swarm").at("/JoinTokens/Worker").asText().endsWith("workersecret"));
        UnixHttp.Reply stale = client.post("/swarm/update?version=" + version, spec);
        assertEquals(409, stale.status());
        assertTrue(stale.message().startsWith("update out of sequence"), stale::message);
        assertTrue(client.post("/swarm/update", spec).message().startsWith("version: is missing"));
    }

    @Test
    void nodesAreListedFilteredFoundAndUpdated() throws IOException {
        JsonNode all = get("/nodes", "/nodes");
        assertEquals("ready", all.at("/0/Status/State").asText());
        assertTrue(all.at("/0/ManagerStatus/Leader").asBoolean());
        assertEquals(1, get("/nodes", filters("/nodes", "{\"name\":[\"al\"],\"role\":[\"manager\"]}")).size());
        assertEquals(0, get("/nodes", filters("/nodes", "{\"node.label\":[\"zone\"]}")).size());
        UnixHttp.Reply wrong = client.get(filters("/nodes", "{\"colour\":[\"red\"]}"));
        assertEquals(400, wrong.status());
        assertTrue(wrong.message().contains("invalid filter 'colour'"), wrong::message);
        for (String reference : List.of("self", "alpha", "n0de", FakeCluster.NODE)) {
            assertEquals(FakeCluster.NODE, get("/nodes/{id}", "/nodes/" + reference).get("ID").asText());
        }
        assertEquals("node nowhere not found", client.get("/nodes/nowhere").message());
        long version = all.at("/0/Version/Index").asLong();
        UnixHttp.Reply updated = client.post("/nodes/alpha/update?version=" + version,
                "{\"Labels\":{\"zone\":\"a\"},\"Role\":\"manager\",\"Availability\":\"drain\"}");
        EngineSchema.check("POST", "/nodes/{id}/update", updated);
        assertEquals(200, updated.status(), updated::text);
        assertEquals(1, get("/nodes", filters("/nodes", "{\"node.label\":[\"zone=a\"]}")).size());
        assertEquals(409, client.post("/nodes/alpha/update?version=" + version,
                "{\"Role\":\"manager\",\"Availability\":\"active\"}").status());
        assertEquals(409, client.delete("/nodes/alpha").status());
    }

    private static String filters(String path, String json) {
        return path + "?filters=" + java.net.URLEncoder.encode(json, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void networksAreMadeListedInspectedPrunedAndRemoved() throws IOException {
        UnixHttp.Reply made = client.post("/networks/create", """
                {"Name": "back", "Driver": "overlay", "Scope": "", "EnableIPv6": false, "Internal": true,
                 "Attachable": false, "Ingress": false, "ConfigOnly": false, "ConfigFrom": null, "Options": {},
                 "IPAM": {"Driver": "default", "Options": {}, "Config": [{"Subnet": "10.77.0.0/24"}]},
                 "Labels": {"team": "a"}}""");
        EngineSchema.check("POST", "/networks/create", made);
        assertEquals(201, made.status(), made::text);
        String id = made.json().get("Id").asText();
        assertEquals(2, get("/networks", "/networks").size());
        assertEquals(1, get("/networks", filters("/networks", "{\"label\":[\"team=a\"],\"driver\":[\"overlay\"]}"))
                .size());
        JsonNode network = get("/networks/{id}", "/networks/back?verbose=true&scope=swarm");
        assertEquals("10.77.0.1", network.at("/IPAM/Config/0/Gateway").asText());
        assertTrue(network.get("EnableIPv4").asBoolean());
        assertFalse(client.get("/v1.47/networks/back").json().has("EnableIPv4"));
        assertEquals("network back not found", client.get("/networks/back?scope=local").message());
        assertEquals(409, client.post("/networks/create", "{\"Name\":\"back\",\"Driver\":\"overlay\"}").status());
        UnixHttp.Reply pruned = client.post(filters("/networks/prune", "{\"label!\":[\"team\"]}"), "");
        EngineSchema.check("POST", "/networks/prune", pruned);
        assertEquals(0, pruned.json().get("NetworksDeleted").size());
        assertEquals("back", client.post("/networks/prune", "").json().at("/NetworksDeleted/0").asText());
        assertEquals(404, client.delete("/networks/" + id).status());
        assertEquals(409, client.delete("/networks/ingress").status());
    }

    @Test
    void whatJorchsNetworksDoNotHaveIsRefusedByName() throws IOException {
        Map<String, String> refusals = Map.of("\"Driver\":\"bridge\"", "Driver: ", "\"EnableIPv6\":true", "EnableIPv6: ",
                "\"Options\":{\"encrypted\":\"\"}", "Options.encrypted: ", "\"ConfigOnly\":true", "ConfigOnly: ",
                "\"Colour\":\"red\"", "Colour: ");
        for (Map.Entry<String, String> refusal : refusals.entrySet()) {
            UnixHttp.Reply reply = client.post("/networks/create", "{\"Name\":\"x\"," + refusal.getKey() + "}");
            assertEquals(400, reply.status());
            assertTrue(reply.message().startsWith(refusal.getValue()), reply::message);
        }
        assertEquals(1, get("/networks", "/networks").size());
    }
}
