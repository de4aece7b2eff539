package io.jorch.raft.ratis;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;

/// Who votes, and who of them is a majority: of both configurations while the membership changes.
final class Voters {

    private Voters() {
    }

    static Set<RaftPeerId> of(RaftConfiguration configuration) {
        Set<RaftPeerId> voters = new HashSet<>();
        configuration.getCurrentPeers(RaftPeerRole.FOLLOWER).forEach(peer -> voters.add(peer.getId()));
        configuration.getPreviousPeers(RaftPeerRole.FOLLOWER).forEach(peer -> voters.add(peer.getId()));
        return voters;
    }

    static boolean isMajority(RaftConfiguration configuration, Set<RaftPeerId> members) {
        Collection<RaftPeer> previous = configuration.getPreviousPeers(RaftPeerRole.FOLLOWER);
        return isMajority(configuration.getCurrentPeers(RaftPeerRole.FOLLOWER), members)
                && (previous.isEmpty() || isMajority(previous, members));
    }

    private static boolean isMajority(Collection<RaftPeer> voters, Set<RaftPeerId> members) {
        long agreeing = voters.stream().filter(voter -> members.contains(voter.getId())).count();
        return agreeing > voters.size() / 2;
    }
}
