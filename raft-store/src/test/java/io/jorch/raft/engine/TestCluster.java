package io.jorch.raft.engine;

import static io.jorch.raft.engine.Nodes.bytes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;

/// Several members in this process, each with a ledger. Used by one test thread.
final class TestCluster implements AutoCloseable {

    /// @param joiner whether it was started with an empty group
    record Node(Member member, Ledger ledger, RaftEngine engine, boolean joiner) {
    }

    static final TestCluster NONE = new TestCluster(Path.of("unused"), EngineConfig.Limits.DEFAULT, (config, machine) -> {
        throw new AssertionError("no cluster was made");
    });

    private final Path folder;
    private final BiFunction<EngineConfig, StateMachine, RaftEngine> opener;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final EngineConfig.Limits limits;
    private List<Member> initial = List.of();

    TestCluster(Path folder, EngineConfig.Limits limits, BiFunction<EngineConfig, StateMachine, RaftEngine> opener) {
        this.folder = folder;
        this.limits = limits;
        this.opener = opener;
    }

    /// Members `n1`, `n2`, … that know each other from the start.
    TestCluster start(int count) {
        List<Member> members = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            members.add(Nodes.member("n" + i));
        }
        initial = members;
        members.forEach(member -> open(member, false));
        return this;
    }

    Node join(String id) {
        return open(Nodes.member(id), true);
    }

    private Node open(Member member, boolean joiner) {
        Ledger ledger = new Ledger();
        EngineConfig config = new EngineConfig(Nodes.CLUSTER, member, folder.resolve(member.id()),
                joiner ? List.of() : initial, Nodes.FAST, limits, null);
        Node node = new Node(member, ledger, opener.apply(config, ledger), joiner);
        nodes.put(member.id(), node);
        return node;
    }

    void stop(String id) {
        node(id).engine().close();
    }

    Node restart(String id) {
        Node old = node(id);
        old.engine().close();
        return open(old.member(), old.joiner());
    }

    Node node(String id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw new AssertionError("no node " + id);
        }
        return node;
    }

    Collection<Node> nodes() {
        return nodes.values();
    }

    /// The one that may propose now.
    Node leader() {
        Optional<Node> leader = leading();
        if (leader.isEmpty()) {
            leader = Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::leading, Optional::isPresent);
        }
        return leader.orElseThrow();
    }

    private Optional<Node> leading() {
        return nodes.values().stream().filter(node -> node.engine().leadership().leads()).findFirst();
    }

    /// Stops all but the leader, at once, while proposing; answers the proposals that were open when it had to step down.
    Map<String, CompletableFuture<Outcome>> isolateLeader() {
        Node leader = leader();
        RaftEngine engine = leader.engine();
        long term = engine.leadership().term();
        nodes.values().stream().filter(node -> node != leader)
                .forEach(node -> Thread.ofVirtual().start(() -> node.engine().close()));
        Map<String, CompletableFuture<Outcome>> proposals = new TreeMap<>();
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            String entry = "isolated " + proposals.size();
            proposals.put(entry, engine.propose(term, bytes(entry)));
            return engine.leadership().role() != Role.LEADER;
        });
        proposals.values().removeIf(CompletableFuture::isDone);
        return proposals;
    }

    Node follower() {
        String leader = leader().member().id();
        return nodes.values().stream().filter(node -> !node.member().id().equals(leader)
                && node.engine().leadership().role() != Role.STOPPED).findFirst().orElseThrow();
    }

    /// Proposes at whoever leads until it is applied, and so may apply an entry more than once.
    Outcome.Applied write(String entry) throws Exception {
        while (true) {
            RaftEngine engine = leader().engine();
            Outcome outcome = engine.propose(engine.leadership().term(), bytes(entry)).get(20, TimeUnit.SECONDS);
            if (outcome instanceof Outcome.Applied applied) {
                return applied;
            }
        }
    }

    @Override
    public void close() {
        List<Thread> closing = nodes.values().stream()
                .map(node -> Thread.ofVirtual().start(() -> node.engine().close())).toList();
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
