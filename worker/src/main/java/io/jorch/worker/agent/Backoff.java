package io.jorch.worker.agent;

import java.util.random.RandomGenerator;

/// How long to wait before the next try to reach a manager: doubling, with a random half, so that all nodes of a
/// cluster don't come back at the same moment. Owned by the agent's thread.
final class Backoff {
    /// A manager that was just restarted, or a new leader, should be found at once.
    static final long FIRST = 50_000_000L;
    static final long LONGEST = 5_000_000_000L;

    private final RandomGenerator random;
    private long next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// @return nanoseconds
    long pause() {
        long pause = next / 2 + random.nextLong(next / 2 + 1);
        next = Math.min(next * 2, LONGEST);
        return pause;
    }

    void succeeded() {
        next = FIRST;
    }
}
