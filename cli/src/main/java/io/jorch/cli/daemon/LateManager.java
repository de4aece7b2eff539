package io.jorch.cli.daemon;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.control.seam.ClusterReader;
import io.jorch.manager.control.seam.EventSource;
import io.jorch.manager.control.seam.LogSource;
import io.jorch.manager.dispatch.LogRequest;
import io.jorch.raft.state.ClusterState;
import io.jorch.raft.state.EventLog;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The manager that the control API talks to, which may come (`init`) and go (`leave`) while the API is served.
final class LateManager implements ClusterReader, CommandPort, EventSource, LogSource {
    private final AtomicReference<@Nullable ManagerRole> role = new AtomicReference<>();

    void set(@Nullable ManagerRole manager) {
        role.set(manager);
    }

    @Nullable ManagerRole get() {
        return role.get();
    }

    ManagerRole require() {
        ManagerRole manager = role.get();
        if (manager == null) {
            throw new JorchException(ErrorCode.UNAVAILABLE,
                    "This node is not a swarm manager. Use \"jorch init\" to begin a cluster on it");
        }
        return manager;
    }

    @Override
    public ClusterState current() {
        ManagerRole manager = role.get();
        return manager == null ? ClusterState.EMPTY : manager.store().state();
    }

    @Override
    public CompletableFuture<ClusterState> linearizable() {
        return require().store().linearizable();
    }

    @Override
    public Map<String, TaskStatus> fleeting() {
        ManagerRole manager = role.get();
        return manager == null ? Map.of() : manager.loop().fleeting();
    }

    @Override
    public CompletableFuture<Accepted> submit(Command command, String key) {
        return require().loop().submit(command, key);
    }

    @Override
    public EventLog.@Nullable Watch watch(@Nullable Long sinceIndex, EventLog.Watcher watcher) {
        return require().store().watch(sinceIndex, watcher);
    }

    @Override
    public long forgottenUpTo() {
        return require().store().forgottenUpTo();
    }

    @Override
    public Runnable open(LogRequest request, LogRequest.Sink sink) {
        return require().loop().logs(request, sink);
    }
}
