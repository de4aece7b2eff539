package io.jorch.raft.ratis;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes a leader that hears no majority step down.
///
/// Ratis looks after this itself, but only when its event queue is empty (`LeaderStateImpl.EventProcessor`): a cut-off leader
/// that is being written to would lead for ever, in its own eyes. Called by the watching thread.
final class StepDown {

    private static final Logger LOG = LoggerFactory.getLogger(StepDown.class);

    private final RaftServer.Division division;
    private final Duration patience;
    private final Runnable request;

    /// @param patience how long a majority may be silent
    /// @param request  asks Ratis to step down; may be called again while that is under way
    StepDown(RaftServer.Division division, Duration patience, Runnable request) {
        this.division = division;
        this.patience = patience;
        this.request = request;
    }

    void check() {
        if (!division.getInfo().isLeader()) {
            return;
        }
        RoleInfoProto role = division.getInfo().getRoleInfoProto();
        // The contact times of a new leader are made up until its followers have answered.
        if (role.getRole() != RaftPeerRole.LEADER || role.getRoleElapsedTimeMs() < patience.toMillis()) {
            return;
        }
        Set<RaftPeerId> heard = new HashSet<>();
        heard.add(division.getId());
        for (ServerRpcProto follower : role.getLeaderInfo().getFollowerInfoList()) {
            if (follower.getLastRpcElapsedTimeMs() <= patience.toMillis()) {
                heard.add(RaftPeerId.valueOf(follower.getId().getId()));
            }
        }
        if (!Voters.isMajority(division.getRaftConf(), heard)) {
            LOG.warn("event=step-down reason=\"no majority was heard for {} ms\"", patience.toMillis());
            request.run();
        }
    }
}
