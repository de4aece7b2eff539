package io.jorch.manager.command;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Cluster;
import io.jorch.manager.plan.IdSource;
import io.jorch.manager.plan.Now;
import io.jorch.raft.state.ClusterState;

/// The cluster's settings and its join tokens.
final class SwarmCommands {
    private SwarmCommands() {
    }

    static CommandChanges update(Command.UpdateSwarm command, ClusterState state, Now now, IdSource ids) {
        Cluster cluster = cluster(state);
        Names.checkVersion("swarm", cluster.id(), cluster.meta().version(), command.version());
        return CommandChanges.put(new Cluster(cluster.id(), cluster.meta().touched(now.wall()), command.spec(),
                cluster.ingressNetworkId(), cluster.addressPools(), cluster.subnetSize(), cluster.idPool(),
                cluster.featureLevel(),
                command.rotateWorkerToken() ? rotated(cluster.workerToken(), ids) : cluster.workerToken(),
                command.rotateManagerToken() ? rotated(cluster.managerToken(), ids) : cluster.managerToken()));
    }

    static Cluster cluster(ClusterState state) {
        Cluster cluster = state.cluster();
        if (cluster == null) {
            throw new JorchException(ErrorCode.UNAVAILABLE, "this node is not part of a cluster: run jorch swarm init");
        }
        return cluster;
    }

    /// All but the secret at the token's end says where the token belongs.
    private static String rotated(String token, IdSource ids) {
        return token.substring(0, token.lastIndexOf('-') + 1) + ids.next();
    }
}
