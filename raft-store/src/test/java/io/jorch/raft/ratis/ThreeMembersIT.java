package io.jorch.raft.ratis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.raft.engine.Nodes;
import io.jorch.raft.seal.DataKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three JVMs under load; the leader is killed or frozen and comes back, again and again. Nothing acknowledged may be
/// lost, nothing refused may appear, no read may be older than what was acknowledged before it, and all members must end
/// with the same entries at the same indexes.
final class ThreeMembersIT {

    private static final int WRITERS = 8;
    private static final Duration LOAD = Duration.ofMillis(800);

    @TempDir
    Path folder;

    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, MemberHandle> members = new ConcurrentHashMap<>();
    private final String keys = HexFormat.of().formatHex(DataKeys.random().encode());
    private final Load load = new Load(members);

    @Test
    @Timeout(110)
    void killedAndFrozenLeadersLoseNothing() throws Exception {
        rounds(3);
    }

    @Test
    @Tag("long")
    @Timeout(1_800)
    void killedAndFrozenLeadersLoseNothingInFiftyRounds() throws Exception {
        rounds(50);
    }

    private void rounds(int rounds) throws Exception {
        long seed = Long.getLong("jorch.seed", System.nanoTime());
        System.out.println("ThreeMembersIT seed=" + seed);
        Random dice = new Random(seed);
        for (String id : List.of("n1", "n2", "n3")) {
            ports.put(id, Nodes.member(id).port());
        }
        for (String id : ports.keySet()) {
            start(id);
        }
        for (MemberHandle member : members.values()) {
            member.awaitStarted();
        }
        load.start(WRITERS);
        List<Long> outages = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            load.awaitProgress(LOAD);
            MemberHandle leader = leader();
            boolean freeze = round % 3 == 1;
            long before = System.nanoTime();
            if (freeze) {
                leader.signal("STOP");
            } else {
                leader.kill();
            }
            load.awaitProgress(Duration.ZERO);
            outages.add((System.nanoTime() - before) / 1_000_000);
            Thread.sleep(dice.nextInt(500));
            if (freeze) {
                // These wait in its pipe: the first thing that the old leader does is to answer reads.
                for (int i = 0; i < 20; i++) {
                    load.askRead(leader.id());
                }
                leader.signal("CONT");
            } else {
                start(leader.id()).awaitStarted();
            }
        }
        load.awaitProgress(LOAD);
        load.stop();
        System.out.println("ThreeMembersIT acknowledged=" + load.acknowledged().size() + " unknown=" + load.unknown()
                + " refused=" + load.refused().size() + " reads=" + load.reads() + " outages_ms=" + outages);
        check(settled());
    }

    private MemberHandle start(String id) throws IOException {
        MemberHandle member = MemberHandle.start(List.of(), id, folder.resolve(id), 500, keys, ports);
        members.put(id, member);
        return member;
    }

    private MemberHandle leader() {
        return Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            for (MemberHandle member : members.values()) {
                if (member.ask("leader").get(20, TimeUnit.SECONDS).equals("true")) {
                    return member;
                }
            }
            return null;
        }, leader -> leader != null);
    }

    /// Each member's entries once all have applied the same.
    private List<Map<Long, String>> settled() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            List<Map<Long, String>> dumps = new ArrayList<>();
            for (MemberHandle member : members.values()) {
                dumps.add(parse(member.ask("dump").get(20, TimeUnit.SECONDS)));
            }
            return dumps;
        }, dumps -> dumps.stream().allMatch(dump -> !dump.isEmpty()
                && ((TreeMap<Long, String>) dump).lastKey().equals(((TreeMap<Long, String>) dumps.getFirst()).lastKey())));
    }

    private static Map<Long, String> parse(String dump) {
        Map<Long, String> entries = new TreeMap<>();
        if (!dump.isEmpty() && !dump.equals("died")) {
            for (String entry : dump.split(",")) {
                String[] parts = entry.split("=");
                entries.put(Long.parseLong(parts[0]), parts[1]);
            }
        }
        return entries;
    }

    private void check(List<Map<Long, String>> dumps) {
        Map<Long, String> entries = dumps.getFirst();
        dumps.forEach(dump -> assertEquals(entries, dump, "members differ"));
        load.acknowledged().forEach((entry, index) -> assertEquals(entry, entries.get(index), "an acknowledged write is lost"));
        Collection<String> applied = entries.values();
        assertEquals(applied.size(), applied.stream().distinct().count(), "an entry was applied twice");
        for (String refused : load.refused()) {
            assertTrue(!applied.contains(refused), refused + " was refused and applied all the same");
        }
        assertEquals(List.of(), load.violations());
        assertTrue(load.acknowledged().size() > 100 && load.reads() > 20, "too little load to prove anything");
    }

    @AfterEach
    void endAll() throws Exception {
        load.stop();
        for (MemberHandle member : members.values()) {
            member.signal("CONT");
            member.kill();
        }
        for (String id : ports.keySet()) {
            Path errors = folder.resolve(id + ".stderr");
            if (Files.exists(errors)) {
                List<String> noise = Files.readAllLines(errors).stream().filter(line -> !line.startsWith("SLF4J")).toList();
                assertEquals(List.of(), noise, "stderr of " + id);
            }
        }
    }
}
