package io.jorch.worker.agent;

import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.Frame;
import io.jorch.api.message.WorkerStream;
import io.jorch.worker.time.Alarms;
import org.jspecify.annotations.Nullable;

/// One stream to a manager, from its opening to its end. Owned by the agent's thread.
final class Session {
    private final WorkerStream stream;
    private boolean welcome;
    private Alarms.@Nullable Alarm alarm;

    Session(WorkerStream stream) {
        this.stream = stream;
    }

    void send(AgentMessage message) {
        stream.send(Frame.encode(message));
    }

    /// The manager took the registration: reports may follow.
    boolean welcome() {
        return welcome;
    }

    void welcomed() {
        welcome = true;
    }

    long queuedBytes() {
        return stream instanceof PacedStream paced ? paced.queuedBytes() : 0;
    }

    /// The one timer of the session: first for the welcome, then for the next heartbeat.
    void alarm(Alarms.Alarm next) {
        Alarms.Alarm last = alarm;
        if (last != null) {
            last.cancel();
        }
        alarm = next;
    }

    void close() {
        if (alarm != null) {
            alarm.cancel();
        }
        stream.close();
    }
}
