package io.jorch.net.dns;

import io.jorch.net.address.Ipv4;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Keeps one task from taking what all share: so many at a time for each. Any thread may call.
final class Shares {
    private final int limit;
    private final ConcurrentMap<Ipv4, Integer> taken = new ConcurrentHashMap<>();

    Shares(int limit) {
        this.limit = limit;
    }

    /// Takes one of the task's share.
    ///
    /// @return false when the task has its share already; otherwise [#leave] must follow
    boolean enter(Ipv4 task) {
        boolean[] entered = new boolean[1];
        taken.compute(task, (key, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < limit;
            return entered[0] ? Integer.valueOf(now + 1) : count;
        });
        return entered[0];
    }

    void leave(Ipv4 task) {
        taken.computeIfPresent(task, (key, count) -> count == 1 ? null : count - 1);
    }
}
