package io.jorch.worker.time;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that stands still until a test moves it. May be used by several threads.
public final class FakeAlarms implements Alarms {
    private record Set(long at, long order, Runnable action) {
    }

    private final List<Set> set = new ArrayList<>();
    private long now = 1_000_000_000_000L;
    private long order;

    @Override
    public synchronized long now() {
        return now;
    }

    @Override
    public synchronized Alarm after(long nanos, Runnable action) {
        Set alarm = new Set(now + Math.max(0, nanos), order++, action);
        set.add(alarm);
        notifyAll();
        return () -> cancel(alarm);
    }

    private synchronized void cancel(Set alarm) {
        set.remove(alarm);
    }

    /// How many are to ring.
    public synchronized int pending() {
        return set.size();
    }

    /// Waits until something is to ring.
    public synchronized void awaitPending() throws InterruptedException {
        while (set.isEmpty()) {
            wait();
        }
    }

    /// Moves time on and rings what is due, in order, each at its own time.
    public void advance(long nanos) {
        long end = now() + nanos;
        for (Set due = next(end); due != null; due = next(end)) {
            due.action().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Set next(long end) {
        Set due = set.stream().filter(alarm -> alarm.at() <= end)
                .min(Comparator.comparingLong(Set::at).thenComparingLong(Set::order)).orElse(null);
        if (due != null) {
            set.remove(due);
            now = Math.max(now, due.at());
        }
        return due;
    }
}
