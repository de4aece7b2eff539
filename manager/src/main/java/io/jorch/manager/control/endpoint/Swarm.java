package io.jorch.manager.control.endpoint;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.manager.command.Command;
import io.jorch.manager.command.CommandPort;
import io.jorch.manager.control.http.Request;
import io.jorch.manager.control.seam.NodeInfo;
import io.jorch.manager.control.seam.Parts;
import io.jorch.raft.state.ClusterState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// How endpoints read the cluster and change it: waits for what the parts promise, and says in Docker's words when this
/// node can't answer for a cluster.
public final class Swarm {
    /// A client may send one with a change: sent again with the same key, the change is made once.
    public static final String KEY_HEADER = "Idempotency-Key";
    private static final long READ_SECONDS = 10;
    private static final long WRITE_SECONDS = 30;

    private final Parts parts;

    public Swarm(Parts parts) {
        this.parts = parts;
    }

    /// Everything that was acknowledged before the request came.
    ///
    /// @throws JorchException UNAVAILABLE when this node is no manager, or no majority answers
    public Snapshot read() throws InterruptedException {
        requireManager();
        ClusterState state;
        try {
            state = parts.cluster().linearizable().get(READ_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw translate(failure);
        } catch (TimeoutException late) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "no majority of the managers answered within "
                    + READ_SECONDS + " s: see that enough of them are up", late);
        }
        if (state.cluster() == null) {
            throw notPartOfSwarm();
        }
        return new Snapshot(state, parts.cluster().fleeting());
    }

    /// Makes a change and waits until it is committed.
    public CommandPort.Accepted submit(Command command, Request request) throws InterruptedException {
        requireManager();
        CompletableFuture<CommandPort.Accepted> accepted = parts.commands().submit(command,
                request.header(KEY_HEADER));
        try {
            return accepted.get(WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw translate(failure);
        } catch (TimeoutException late) {
            throw new JorchException(ErrorCode.UNKNOWN_OUTCOME, "no answer within " + WRITE_SECONDS
                    + " s: the change may or may not have been made, look before you try again", late);
        }
    }

    private void requireManager() {
        NodeInfo.Membership membership = parts.node().membership();
        if (membership.manager()) {
            return;
        }
        throw switch (membership.state()) {
            case INACTIVE -> notPartOfSwarm();
            case PENDING -> new JorchException(ErrorCode.UNAVAILABLE,
                    "The swarm does not have a leader or is starting. " + membership.error());
            case LOCKED -> new JorchException(ErrorCode.UNAVAILABLE,
                    "Swarm is encrypted and needs to be unlocked before it can be used. Please use "
                            + "\"docker swarm unlock\" to unlock it.");
            case ACTIVE, ERROR -> new JorchException(ErrorCode.UNAVAILABLE,
                    "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. "
                            + "Please run this command on a manager node or promote the current node to a manager.");
        };
    }

    static JorchException notPartOfSwarm() {
        return new JorchException(ErrorCode.UNAVAILABLE, "This node is not a swarm manager. Use \"docker swarm init\" "
                + "or \"docker swarm join\" to connect this node to swarm and try again.");
    }

    private static JorchException translate(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof JorchException known
                ? known
                : new JorchException(ErrorCode.INTERNAL, JorchException.describe(cause == null ? failure : cause),
                        failure);
    }
}
