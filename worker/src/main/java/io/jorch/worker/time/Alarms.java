package io.jorch.worker.time;

/// Monotonic time, and a bell that rings when it has come. May be called by any thread.
public interface Alarms {
    /// Nanoseconds since some moment; only differences mean anything.
    long now();

    /// Runs an action once the time has passed. The action must not block: it posts to someone's mailbox.
    ///
    /// @param nanos from now; what is not positive means at once
    Alarm after(long nanos, Runnable action);

    /// One action to come.
    interface Alarm {
        /// Nothing happens if it has rung already.
        void cancel();
    }
}
