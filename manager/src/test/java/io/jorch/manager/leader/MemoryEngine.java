package io.jorch.manager.leader;

import io.jorch.raft.engine.EngineStatus;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.LeadershipListener;
import io.jorch.raft.engine.Member;
import io.jorch.raft.engine.Outcome;
import io.jorch.raft.engine.RaftEngine;
import io.jorch.raft.engine.Role;
import io.jorch.raft.engine.StateMachine;
import io.jorch.raft.engine.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// A Raft group of one that lives in memory: each proposal is applied at once, in the caller's thread.
final class MemoryEngine implements RaftEngine {
    private final StateMachine machine;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<LeadershipListener> listeners = new ArrayList<>();
    private Leadership leadership = new Leadership(1, "me", Role.LEADER, true);
    private long index;
    int proposals;

    MemoryEngine(StateMachine machine) {
        this.machine = machine;
    }

    void lead(Leadership next) {
        leadership = next;
        listeners.forEach(listener -> listener.changed(next));
    }

    @Override
    public CompletableFuture<Outcome> propose(long term, byte[] entry) {
        lock.lock();
        try {
            proposals++;
            if (!leadership.leads() || leadership.term() != term) {
                return CompletableFuture.completedFuture(new Outcome.NotLeader(leadership.leader()));
            }
            long at = ++index;
            return CompletableFuture.completedFuture(new Outcome.Applied(at, machine.apply(at, term, entry)));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Leadership leadership() {
        return leadership;
    }

    @Override
    public Subscription onLeadership(LeadershipListener listener) {
        listeners.add(listener);
        listener.changed(leadership);
        return () -> listeners.remove(listener);
    }

    @Override
    public CompletableFuture<Long> readIndex() {
        return CompletableFuture.completedFuture(index);
    }

    @Override
    public List<Member> members() {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> addMember(Member member) {
        throw new UnsupportedOperationException("a group of one");
    }

    @Override
    public CompletableFuture<Void> removeMember(String id) {
        throw new UnsupportedOperationException("a group of one");
    }

    @Override
    public CompletableFuture<Void> promote(String id) {
        throw new UnsupportedOperationException("a group of one");
    }

    @Override
    public CompletableFuture<Void> demote(String id) {
        throw new UnsupportedOperationException("a group of one");
    }

    @Override
    public CompletableFuture<Void> transferLeadership(String id) {
        throw new UnsupportedOperationException("a group of one");
    }

    @Override
    public CompletableFuture<Long> snapshot() {
        throw new UnsupportedOperationException("in memory");
    }

    @Override
    public EngineStatus status() {
        throw new UnsupportedOperationException("in memory");
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
