package io.jorch.manager.control.log;

import io.jorch.api.message.AgentMessage.LogLine;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Puts lines that come from many nodes in the order of their times. A line is held back for a short while, in which an
/// earlier one may still come; at most so many are held, so memory stays bounded. Not thread-safe; time is handed in.
final class LogMerge {
    private final int most;
    private final long hold;
    private final PriorityQueue<Held> held = new PriorityQueue<>(
            Comparator.comparing((Held line) -> line.line().time()).thenComparing(Held::number));
    private long counter;

    private record Held(LogLine line, long number, long arrived) {
    }

    /// @param most lines held
    /// @param hold nanoseconds
    LogMerge(int most, long hold) {
        this.most = most;
        this.hold = hold;
    }

    void add(LogLine line, long now) {
        held.add(new Held(line, counter++, now));
    }

    /// The earliest line, when it has waited long enough or too many wait; else null.
    ///
    /// @param last no further line will come
    @Nullable LogLine next(long now, boolean last) {
        Held head = held.peek();
        if (head == null || !last && held.size() <= most && now - head.arrived < hold) {
            return null;
        }
        held.remove();
        return head.line();
    }

    /// Nanoseconds until [#next] has something, if nothing comes; null: nothing waits.
    @Nullable Long untilNext(long now) {
        Held head = held.peek();
        return head == null ? null : Math.max(0, head.arrived + hold - now);
    }
}
