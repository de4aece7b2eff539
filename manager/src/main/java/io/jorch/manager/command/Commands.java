package io.jorch.manager.command;

import io.jorch.manager.plan.IdSource;
import io.jorch.manager.plan.Now;
import io.jorch.raft.state.ClusterState;

/// From a wish to the changes that record it. Pure; what follows from them (tasks, addresses) is the planner's.
public final class Commands {
    private Commands() {
    }

    /// @throws io.jorch.api.error.JorchException INVALID naming the field, NOT_FOUND, CONFLICT, EXHAUSTED
    public static CommandChanges changes(Command command, ClusterState state, Now now, IdSource ids) {
        return switch (command) {
            case Command.CreateService it -> ServiceCommands.create(it, state, now, ids);
            case Command.UpdateService it -> ServiceCommands.update(it, state, now);
            case Command.RollbackService it -> ServiceCommands.rollback(it, state, now);
            case Command.RemoveService it -> ServiceCommands.remove(it, state, now);
            case Command.FollowDigest it -> RolloutCommands.followDigest(it, state, now);
            case Command.PauseRollout it -> RolloutCommands.pause(it, state, now);
            case Command.UpdateNode it -> NodeCommands.update(it, state, now);
            case Command.RemoveNode it -> NodeCommands.remove(it, state, now);
            case Command.CreateNetwork it -> NetworkCommands.create(it, state, now, ids);
            case Command.RemoveNetwork it -> NetworkCommands.remove(it, state);
            case Command.UpdateSwarm it -> SwarmCommands.update(it, state, now, ids);
        };
    }
}
