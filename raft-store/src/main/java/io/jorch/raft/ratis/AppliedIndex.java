package io.jorch.raft.ratis;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.ratis.server.protocol.TermIndex;

/// How far the apply thread is, and who waits for it. Written by the apply thread only.
final class AppliedIndex {

    private record Waiter(long index, long term, CompletableFuture<Void> reached) {
        boolean satisfiedBy(TermIndex applied) {
            return applied.getIndex() >= index && applied.getTerm() >= term;
        }
    }

    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    private volatile TermIndex applied = TermIndex.INITIAL_VALUE;

    void advance(TermIndex now) {
        applied = now;
        if (!waiters.isEmpty()) {
            for (Waiter waiter : waiters) {
                release(waiter);
            }
        }
    }

    long index() {
        return applied.getIndex();
    }

    /// Completes once the entry `index`, and an entry of `term` or later, have been applied.
    CompletableFuture<Void> reach(long index, long term) {
        Waiter waiter = new Waiter(index, term, new CompletableFuture<>());
        waiters.add(waiter);
        waiter.reached.whenComplete((done, failure) -> waiters.remove(waiter));
        release(waiter);
        return waiter.reached;
    }

    private void release(Waiter waiter) {
        if (waiter.satisfiedBy(applied)) {
            waiter.reached.complete(null);
        }
    }
}
