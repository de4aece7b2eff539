package io.jorch.raft.engine;

import static io.jorch.raft.engine.Nodes.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What several members must do together, whatever the engine. All of them live in this process.
@Timeout(90)
public abstract class RaftClusterContractTest {

    @TempDir
    Path folder;

    private TestCluster cluster = TestCluster.NONE;

    protected abstract RaftEngine open(EngineConfig config, StateMachine machine);

    @AfterEach
    void close() {
        cluster.close();
    }

    private TestCluster cluster(EngineConfig.Limits limits) {
        cluster = new TestCluster(folder, limits, this::open);
        return cluster;
    }

    private TestCluster three() {
        return cluster(EngineConfig.Limits.DEFAULT).start(3);
    }

    private static void get(CompletableFuture<?> future) throws Exception {
        future.get(30, TimeUnit.SECONDS);
    }

    private void awaitSameEntries(List<String> expected) {
        for (TestCluster.Node node : cluster.nodes()) {
            if (node.engine().leadership().role() != Role.STOPPED) {
                Awaitility.await(node.member().id()).atMost(Duration.ofSeconds(20))
                        .until(() -> node.ledger().entries().equals(expected));
            }
        }
    }

    /// At most one state for each index, whoever applied it.
    private void assertSameHashes() {
        Map<Long, Long> all = new HashMap<>();
        for (TestCluster.Node node : cluster.nodes()) {
            node.ledger().hashes().forEach((index, hash) -> {
                Long other = all.putIfAbsent(index, hash);
                assertTrue(other == null || other.equals(hash), "replicas differ at index " + index);
            });
        }
    }

    @Test
    void oneLeadsTheOthersFollowAndSendProposersToIt() throws Exception {
        three();
        String leader = cluster.leader().member().id();
        cluster.write("a");
        for (TestCluster.Node node : cluster.nodes()) {
            Awaitility.await().until(() -> leader.equals(node.engine().leadership().leader()));
            assertEquals(3, node.engine().members().size());
        }
        RaftEngine follower = cluster.follower().engine();
        Outcome outcome = follower.propose(follower.leadership().term(), bytes("x")).get(20, TimeUnit.SECONDS);
        assertEquals(leader, assertInstanceOf(Outcome.NotLeader.class, outcome).hint());
        awaitSameEntries(List.of("a"));
        assertSameHashes();
        assertEquals(2, cluster.leader().engine().status().followers().size());
    }

    @Test
    void aReadOnAnyMemberSeesWhatWasAcknowledgedBeforeIt() throws Exception {
        three();
        for (int i = 0; i < 20; i++) {
            long index = cluster.write("w" + i).index();
            for (TestCluster.Node node : cluster.nodes()) {
                assertTrue(node.engine().readIndex().get(20, TimeUnit.SECONDS) >= index);
                assertTrue(node.ledger().entries().contains("w" + i), node.member().id());
            }
        }
    }

    @Test
    void afterTheLeaderIsGoneAnotherLeadsAndTheOldOneCatchesUp() throws Exception {
        three();
        List<String> expected = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            String before = "before " + round;
            cluster.write(before);
            TestCluster.Node old = cluster.leader();
            cluster.stop(old.member().id());
            String after = "after " + round;
            cluster.write(after);
            assertFalse(old.member().id().equals(cluster.leader().member().id()));
            expected.addAll(List.of(before, after));
            cluster.restart(old.member().id());
            awaitSameEntries(expected);
        }
        assertSameHashes();
    }

    @Test
    void withoutAMajorityAProposalIsUnknownAndAReadFails() throws Exception {
        three();
        cluster.write("a");
        TestCluster.Node leader = cluster.leader();
        Map<String, CompletableFuture<Outcome>> open = cluster.isolateLeader();
        CompletableFuture<Long> read = leader.engine().readIndex();

        assertFalse(open.isEmpty(), "a lost leadership alone says nothing");
        int unknown = 0;
        for (CompletableFuture<Outcome> future : open.values()) {
            Outcome outcome = future.get(20, TimeUnit.SECONDS);
            assertFalse(outcome instanceof Outcome.Applied, outcome.toString());
            unknown += outcome instanceof Outcome.Unknown ? 1 : 0;
        }
        assertTrue(unknown > 0, "those that reached the log are unknown");
        ExecutionException failure = assertThrows(ExecutionException.class, () -> read.get(20, TimeUnit.SECONDS));
        assertEquals(ErrorCode.UNAVAILABLE, assertInstanceOf(JorchException.class, failure.getCause()).code());
        assertFalse(leader.engine().leadership().leads());
    }

    @Test
    void aProposalWhoseLeaderFellLearnsItsFate() throws Exception {
        three();
        cluster.write("a");
        TestCluster.Node leader = cluster.leader();
        String other = cluster.follower().member().id();
        Map<String, CompletableFuture<Outcome>> open = cluster.isolateLeader();
        assertFalse(open.isEmpty(), "a lost leadership alone says nothing");

        cluster.restart(other);

        // Only the old leader has these entries, and only a member with the longer log can win.
        int applied = 0;
        for (Map.Entry<String, CompletableFuture<Outcome>> proposal : open.entrySet()) {
            Outcome outcome = proposal.getValue().get(20, TimeUnit.SECONDS);
            boolean inLedger = leader.ledger().entries().contains(proposal.getKey());
            if (!(outcome instanceof Outcome.Unknown)) {
                assertEquals(outcome instanceof Outcome.Applied, inLedger, proposal.getKey() + " " + outcome);
            }
            applied += outcome instanceof Outcome.Applied ? 1 : 0;
        }
        assertTrue(applied > 0, "those that reached the log must have been applied in the end");
        awaitSameEntries(leader.ledger().entries());
        assertSameHashes();
    }

    @Test
    void growsFromOneToFiveWithJoinersThatNeedASnapshot() throws Exception {
        cluster(new EngineConfig.Limits(1 << 10, 4 << 10, 40)).start(1);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            expected.add("a rather long entry, so that log files fill up, number " + i);
            cluster.write(expected.getLast());
        }
        RaftEngine leader = cluster.leader().engine();
        for (String id : List.of("n2", "n3", "n4", "n5")) {
            get(leader.addMember(cluster.join(id).member()));
            expected.add("with " + id);
            cluster.write(expected.getLast());
        }
        awaitSameEntries(expected);
        assertSameHashes();
        assertEquals(List.of("n1", "n2", "n3", "n4", "n5"),
                cluster.node("n5").engine().members().stream().map(Member::id).toList());
        assertEquals(1, cluster.node("n2").ledger().restores(), "n2 must have come by a snapshot");

        cluster.restart("n3");
        cluster.stop("n1");
        expected.add("without n1");
        cluster.write(expected.getLast());
        awaitSameEntries(expected);
    }

    @Test
    void aLostVoterComesBackUnderANewId() throws Exception {
        three();
        cluster.write("a");
        String lost = cluster.follower().member().id();
        cluster.stop(lost);
        get(cluster.leader().engine().removeMember(lost));

        TestCluster.Node fresh = cluster.join("n9");
        get(cluster.leader().engine().addMember(fresh.member()));

        cluster.write("b");
        awaitSameEntries(List.of("a", "b"));
        assertEquals(3, cluster.leader().engine().members().size());
    }

    @Test
    void demotesPromotesAndTransfers() throws Exception {
        three();
        cluster.write("a");
        TestCluster.Node follower = cluster.follower();
        String id = follower.member().id();

        get(cluster.leader().engine().demote(id));
        Awaitility.await().until(() -> follower.engine().leadership().role() == Role.LISTENER);
        cluster.write("b");
        Awaitility.await().until(() -> follower.ledger().entries().equals(List.of("a", "b")));
        assertFalse(cluster.leader().engine().members().getLast().voter());

        get(cluster.leader().engine().promote(id));
        assertTrue(cluster.leader().engine().members().stream().allMatch(Member::voter));

        TestCluster.Node old = cluster.leader();
        get(old.engine().transferLeadership(id));
        assertEquals(id, old.engine().leadership().leader());
        Awaitility.await().until(() -> follower.engine().leadership().leads());
        cluster.write("c");
        awaitSameEntries(List.of("a", "b", "c"));
    }

    @Test
    void theLeaderCanBeRemovedAndTheLastVoterCannot() throws Exception {
        cluster(EngineConfig.Limits.DEFAULT).start(2);
        cluster.write("a");
        TestCluster.Node old = cluster.leader();
        get(old.engine().removeMember(old.member().id()));
        TestCluster.Node left = cluster.nodes().stream().filter(node -> node != old).findFirst().orElseThrow();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> left.engine().leadership().leads());
        assertEquals(List.of(left.member()), left.engine().members());

        ExecutionException failure = assertThrows(ExecutionException.class,
                () -> get(left.engine().removeMember(left.member().id())));
        assertEquals(ErrorCode.CONFLICT, assertInstanceOf(JorchException.class, failure.getCause()).code());
    }

    @Test
    void aJoinerThatCannotBeReachedFailsAndBlocksNothing() throws Exception {
        cluster(EngineConfig.Limits.DEFAULT).start(1);
        RaftEngine leader = cluster.leader().engine();
        ExecutionException failure = assertThrows(ExecutionException.class,
                () -> get(leader.addMember(Nodes.member("nowhere"))));
        assertEquals(ErrorCode.UNAVAILABLE, assertInstanceOf(JorchException.class, failure.getCause()).code());

        cluster.write("a");
        get(leader.addMember(cluster.join("n2").member()));
        assertEquals(2, leader.members().size());
    }

    @Test
    void listenersAreToldTermsInOrderAndReadinessOfLeadersOnly() throws Exception {
        three();
        List<Leadership> seen = new CopyOnWriteArrayList<>();
        TestCluster.Node watched = cluster.follower();
        watched.engine().onLeadership(seen::add);
        cluster.stop(cluster.leader().member().id());
        cluster.write("x");
        Awaitility.await().until(() -> !seen.isEmpty() && seen.getLast().leader() != null
                && seen.getLast().leader().equals(cluster.leader().member().id()));
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(seen.get(i).term() >= seen.get(i - 1).term());
            assertFalse(seen.get(i).equals(seen.get(i - 1)));
        }
    }
}
