package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;

/// Linearizable reads.
///
/// Ratis' own read index is not enough: a leader that has once had a commit index confirmed serves every later read at
/// that index without asking anybody (`ReadIndexHeartbeats`), so a leader that was paused or cut off could answer from
/// the past; and a lone leader doesn't wait until it is ready. So each round here: take the term T and the commit index of
/// its leader, ask the voters for their terms, and go on only if a majority says T. None of that majority has voted in a
/// later term, so nothing can have been acknowledged by a later leader before the round began. Then wait for the apply
/// thread. (Ongaro's thesis, 6.4, with terms instead of heartbeats; works on followers too.)
///
/// One virtual thread runs the rounds; all calls that came while a round was under way share the next one.
final class ReadIndex {

    private static final long RETRY_MILLIS = 20;

    /// A caller, or (null) the sign to stop.
    private record Call(CompletableFuture<Long> future, long deadlineNanos) {
    }

    private final RaftServer.Division division;
    private final TermProbe probe;
    private final AppliedIndex applied;
    private final Supplier<CompletableFuture<RaftClientReply>> askLeader;
    private final Duration patience;
    private final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /// @param askLeader on a follower: completes when the leader's commit index has been applied here
    ReadIndex(RaftServer.Division division, TermProbe probe, AppliedIndex applied,
            Supplier<CompletableFuture<RaftClientReply>> askLeader, Duration patience) {
        this.division = division;
        this.probe = probe;
        this.applied = applied;
        this.askLeader = askLeader;
        this.patience = patience;
        this.thread = Thread.ofVirtual().name("raft-read-index-" + division.getId()).start(this::run);
    }

    CompletableFuture<Long> read() {
        CompletableFuture<Long> future = new CompletableFuture<>();
        calls.add(new Call(future, System.nanoTime() + patience.toNanos()));
        if (closed) {
            failAll(stopped());
        }
        return future;
    }

    private void run() {
        try {
            while (!closed) {
                List<Call> round = new ArrayList<>();
                round.add(calls.take());
                calls.drainTo(round);
                serve(round);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        failAll(stopped());
    }

    private void serve(List<Call> round) throws InterruptedException {
        List<Call> waiting = new ArrayList<>(round);
        JorchException last = new JorchException(ErrorCode.UNAVAILABLE, "read: no leader");
        while (!waiting.isEmpty() && !closed) {
            try {
                long index = once(waiting.getFirst().deadlineNanos());
                waiting.forEach(call -> call.future().complete(index));
                return;
            } catch (JorchException e) {
                last = e;
            } catch (InterruptedException e) {
                waiting.forEach(call -> call.future().completeExceptionally(stopped()));
                throw e;
            }
            waiting = expire(waiting, last);
            calls.drainTo(waiting);
            if (!waiting.isEmpty()) {
                pauseBeforeRetry();
            }
        }
        waiting.forEach(call -> call.future().completeExceptionally(stopped()));
    }

    private static List<Call> expire(List<Call> calls, JorchException reason) {
        long now = System.nanoTime();
        List<Call> left = new ArrayList<>();
        for (Call call : calls) {
            if (call.deadlineNanos() - now > 0) {
                left.add(call);
            } else {
                call.future().completeExceptionally(reason);
            }
        }
        return left;
    }

    /// A leader change is under way or a peer is away; there is no event to wait for.
    private static void pauseBeforeRetry() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    }

    private long once(long deadlineNanos) throws InterruptedException {
        DivisionInfo info = division.getInfo();
        long term = info.getCurrentTerm();
        CompletableFuture<Void> caughtUp;
        if (info.isLeader()) {
            if (!info.isLeaderReady()) {
                throw unavailable("the leader is just starting");
            }
            caughtUp = applied.reach(division.getRaftLog().getLastCommittedIndex(), term);
        } else if (info.getLeaderId() != null) {
            caughtUp = askLeader.get().thenApply(reply -> Failures.check("read", reply))
                    .thenCompose(reply -> applied.reach(0, term));
        } else {
            throw unavailable("no leader is known here");
        }
        // A follower's answer must be there before the probe begins, or the leader could have fallen in between.
        if (!info.isLeader()) {
            await(caughtUp, deadlineNanos);
        }
        if (!await(probe.majorityIsIn(term), deadlineNanos)) {
            throw unavailable("no majority confirms the leader of term " + term);
        }
        await(caughtUp, deadlineNanos);
        return applied.index();
    }

    private static <T> T await(CompletableFuture<T> future, long deadlineNanos) throws InterruptedException {
        try {
            return future.get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Failures.translate("read", e);
        }
    }

    private static JorchException unavailable(String why) {
        return new JorchException(ErrorCode.UNAVAILABLE, "read: " + why + ", try again");
    }

    private static JorchException stopped() {
        return new JorchException(ErrorCode.UNAVAILABLE, "read: this member is stopped");
    }

    private void failAll(JorchException reason) {
        for (Call call = calls.poll(); call != null; call = calls.poll()) {
            call.future().completeExceptionally(reason);
        }
    }

    void close() {
        closed = true;
        thread.interrupt();
        failAll(stopped());
    }
}
