package io.jorch.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.cli.fake.FakeDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ClusterCommandsTest {
    private static final String NODE = """
            {"ID":"n1","Version":{"Index":3},"Spec":{"Role":"manager","Availability":"active","Labels":{"zone":"a"}},
            "Description":{"Hostname":"alpha","Engine":{"EngineVersion":"0.1"}},"Status":{"State":"ready"},
            "ManagerStatus":{"Leader":true,"Reachability":"reachable"}}""";

    @TempDir
    private Path folder;
    private FakeDaemon daemon;

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(folder);
        daemon.answer("GET /nodes", "[" + NODE + "]").answer("GET /nodes/n1", NODE).answer("POST /nodes/n1/update", "{}")
                .answer("GET /info", "{\"Swarm\":{\"NodeID\":\"n1\"}}");
    }

    @AfterEach
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void nodesAreListedWithAStarAtTheOneThatAnswers() {
        String out = daemon.run("node", "ls").out();
        assertTrue(out.contains("n1 *   alpha      Ready    Active         Leader           0.1"), out);
        assertEquals("n1\n", daemon.run("node", "ls", "-q").out());
    }

    @Test
    void updateChangesOnlyWhatItWasTold() {
        FakeDaemon.Ran ran = daemon.run("node", "update", "--availability", "drain", "--label-add", "disk=ssd",
                "--label-rm", "zone", "self");
        assertEquals("", ran.err());
        assertEquals("{\"Role\":\"manager\",\"Availability\":\"drain\",\"Labels\":{\"disk\":\"ssd\"}}",
                daemon.asked("POST /nodes/n1/update").getFirst().body());
    }

    @Test
    void theOnlyManagerCannotBeDemoted() {
        FakeDaemon.Ran ran = daemon.run("node", "demote", "n1");
        assertEquals(1, ran.exit());
        assertTrue(ran.err().contains("the only manager"), ran.err());
        assertTrue(daemon.asked("POST /nodes/n1/update").isEmpty());
    }

    @Test
    void pullShowsEachChangeOnceAndFailsWithTheDaemonsWords() {
        daemon.answer("POST /images/create", """
                {"status":"Pulling from library/nginx","id":"1"}
                {"status":"Downloading","id":"aa","progressDetail":{"current":1,"total":2}}
                {"status":"Downloading","id":"aa","progressDetail":{"current":2,"total":2}}
                {"status":"Pull complete","id":"aa"}
                """).answer("POST /images/create", "{\"errorDetail\":{\"message\":\"no such image\"}}");
        FakeDaemon.Ran ran = daemon.run("image", "pull", "localhost:5000/nginx");
        assertEquals("1: Pulling from library/nginx\naa: Downloading\naa: Pull complete\n", ran.out());
        assertTrue(daemon.asked("POST /images/create").getFirst().target()
                .endsWith("fromImage=localhost:5000/nginx&tag=latest"));
        FakeDaemon.Ran failed = daemon.run("image", "pull", "nope:1");
        assertEquals(1, failed.exit());
        assertEquals("jorch: no such image\n", failed.err());
    }

    @Test
    void loadSendsTheArchive() throws IOException {
        Path archive = Files.writeString(folder.resolve("a.tar"), "archive");
        daemon.answer("POST /images/load", "{\"stream\":\"Loaded image: x:1\\n\"}");
        assertEquals("Loaded image: x:1\n", daemon.run("image", "load", "-i", archive.toString()).out());
        assertEquals("archive", daemon.asked("POST /images/load").getFirst().body());
    }

    @Test
    void networksAreMadeAndListed() {
        daemon.answer("POST /networks/create", "{\"Id\":\"net1\"}")
                .answer("GET /networks", "[{\"Id\":\"net1\",\"Name\":\"front\",\"Driver\":\"overlay\",\"Scope\":\"swarm\"}]");
        assertEquals("net1\n", daemon.run("network", "create", "--subnet", "10.1.0.0/24", "front").out());
        assertTrue(daemon.asked("POST /networks/create").getFirst().body().contains("\"Subnet\":\"10.1.0.0/24\""));
        assertTrue(daemon.run("network", "ls").out().contains("net1         front   overlay   swarm"));
    }

    @Test
    void eventsAreOneLineEach() {
        long nanos = Instant.parse("2026-01-02T03:04:05.000000006Z").getEpochSecond() * 1_000_000_000L + 6;
        daemon.answer("GET /events", "{\"Type\":\"service\",\"Action\":\"create\",\"Actor\":{\"ID\":\"s1\",\"Attributes\":"
                + "{\"name\":\"web\"}},\"timeNano\":" + nanos + "}");
        FakeDaemon.Ran ran = daemon.run("events", "--since", "1m", "--filter", "type=service");
        assertTrue(ran.out().endsWith(" service create s1 (name=web)\n"), ran.out());
        assertTrue(ran.out().contains(":05.000000006"), ran.out());
    }

    @Test
    void initSaysWhatToDoNext() {
        daemon.answer("POST /swarm/init", "\"n1\"");
        FakeDaemon.Ran ran = daemon.run("init", "--advertise-addr", "10.0.0.1");
        assertEquals(0, ran.exit(), ran.err());
        assertTrue(ran.out().contains("(n1)") && ran.out().contains("jorch service create"), ran.out());
    }
}
