package io.jorch.raft.ratis;

import io.jorch.raft.engine.EngineStatus;
import io.jorch.raft.engine.Leadership;
import io.jorch.raft.engine.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/// Reads Ratis' state without its locks.
final class Status {

    private static final long NONE = -1;

    private final String id;
    private final RaftServer.Division division;
    private final ReplicatedMachine machine;
    private final BooleanSupplier closed;
    private volatile long highestTerm;

    Status(String id, RaftServer.Division division, ReplicatedMachine machine, BooleanSupplier closed) {
        this.id = id;
        this.division = division;
        this.machine = machine;
        this.closed = closed;
    }

    /// Called by the watching thread (and once before it starts).
    Leadership leadership() {
        DivisionInfo info = division.getInfo();
        while (true) {
            long term = info.getCurrentTerm();
            Role role = role(info);
            boolean ready = role == Role.LEADER && info.isLeaderReady();
            @Nullable RaftPeerId leader = info.getLeaderId();
            // Terms only grow: if it is the same before and after, the rest was read within that term.
            if (info.getCurrentTerm() == term) {
                highestTerm = Math.max(highestTerm, term);
                return new Leadership(highestTerm, role == Role.STOPPED || leader == null ? null : leader.toString(), role,
                        ready);
            }
        }
    }

    private Role role(DivisionInfo info) {
        if (closed.getAsBoolean() || !info.isAlive() || info.getLifeCycleState() == LifeCycle.State.EXCEPTION) {
            return Role.STOPPED;
        }
        RaftPeerRole role = info.getCurrentRole();
        return switch (role) {
            case LEADER -> Role.LEADER;
            // A voter that was demoted keeps Ratis' role of a follower until it starts anew.
            case FOLLOWER -> isListener() ? Role.LISTENER : Role.FOLLOWER;
            case CANDIDATE -> Role.CANDIDATE;
            case LISTENER -> Role.LISTENER;
            case UNRECOGNIZED -> throw new IllegalStateException("Ratis knows a role that jorch doesn't: " + role);
        };
    }

    private boolean isListener() {
        return division.getRaftConf().getPeer(division.getId(), RaftPeerRole.LISTENER) != null;
    }

    EngineStatus now(Leadership leadership) {
        TermIndex last = division.getRaftLog().getLastEntryTermIndex();
        SnapshotInfo snapshot = machine.getLatestSnapshot();
        return new EngineStatus(id, leadership, last == null ? NONE : last.getIndex(),
                division.getRaftLog().getLastCommittedIndex(), machine.getLastAppliedTermIndex().getIndex(),
                snapshot == null ? NONE : snapshot.getIndex(), followers());
    }

    private Map<String, EngineStatus.Follower> followers() {
        Map<String, EngineStatus.Follower> followers = new HashMap<>();
        List<ServerRpcProto> contacts = division.getInfo().getRoleInfoProto().getLeaderInfo().getFollowerInfoList();
        long[] matches = division.getInfo().getFollowerMatchIndices();
        for (int i = 0; i < contacts.size(); i++) {
            // Both lists have the order of the leader's senders; while the membership changes they may differ in length.
            long matched = matches != null && matches.length == contacts.size() ? matches[i] : NONE;
            followers.put(RaftPeerId.valueOf(contacts.get(i).getId().getId()).toString(), new EngineStatus.Follower(
                    matched, Duration.ofMillis(contacts.get(i).getLastRpcElapsedTimeMs())));
        }
        return followers;
    }
}
