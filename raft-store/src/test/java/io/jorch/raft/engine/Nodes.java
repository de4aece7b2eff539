package io.jorch.raft.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What every test of an engine needs.
public final class Nodes {

    public static final String CLUSTER = "c0ffee0c0ffee0c0ffee0c0ff";
    public static final EngineConfig.Timing FAST = new EngineConfig.Timing(Duration.ofMillis(300),
            Duration.ofMillis(600), Duration.ofSeconds(5));

    private Nodes() {
    }

    /// A voter on a free port of loopback.
    public static Member member(String id) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Member.voter(id, "127.0.0.1", socket.getLocalPort());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// The leadership in which this engine may propose.
    public static Leadership awaitLead(RaftEngine engine) throws InterruptedException {
        CompletableFuture<Leadership> leads = new CompletableFuture<>();
        Subscription subscription = engine.onLeadership(now -> {
            if (now.leads()) {
                leads.complete(now);
            }
        });
        try {
            return leads.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("did not become leader: " + engine.status(), e);
        } finally {
            subscription.close();
        }
    }

    public static Outcome propose(RaftEngine engine, String entry) throws Exception {
        return engine.propose(engine.leadership().term(), bytes(entry)).get(20, TimeUnit.SECONDS);
    }

    public static Outcome.Applied applied(Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            return applied;
        }
        throw new AssertionError("expected the entry to be applied, not " + outcome);
    }
}
