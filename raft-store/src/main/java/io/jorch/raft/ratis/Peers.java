package io.jorch.raft.ratis;

import io.jorch.raft.engine.Member;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;

/// Members and ids in Ratis' words.
final class Peers {

    private static final Comparator<Member> BY_ID = Comparator.comparing(Member::id);

    private Peers() {
    }

    /// Ratis wants a UUID; a cluster id has more bits than one, so it is the head of the id's SHA-256, marked version 8.
    static RaftGroupId groupId(String clusterId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("jorch cluster " + clusterId).getBytes(StandardCharsets.UTF_8));
            ByteBuffer head = ByteBuffer.wrap(digest);
            long high = head.getLong() & ~0xf000L | 0x8000L;
            long low = head.getLong() & ~(3L << 62) | 1L << 63;
            return RaftGroupId.valueOf(new UUID(high, low));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static RaftPeer peer(Member member) {
        return RaftPeer.newBuilder().setId(RaftPeerId.valueOf(member.id())).setAddress(member.address())
                .setStartupRole(member.voter() ? RaftPeerRole.FOLLOWER : RaftPeerRole.LISTENER).build();
    }

    static List<RaftPeer> peers(Collection<Member> members, boolean voters) {
        return members.stream().filter(member -> member.voter() == voters).map(Peers::peer).toList();
    }

    static RaftGroup group(RaftGroupId id, Collection<Member> members) {
        return RaftGroup.valueOf(id, members.stream().map(Peers::peer).toList());
    }

    /// Voters first, each in the order of their ids.
    static List<Member> members(RaftConfiguration configuration) {
        List<Member> members = new ArrayList<>();
        members.addAll(members(configuration.getAllPeers(RaftPeerRole.FOLLOWER), true));
        members.addAll(members(configuration.getAllPeers(RaftPeerRole.LISTENER), false));
        return List.copyOf(members);
    }

    private static List<Member> members(Collection<RaftPeer> peers, boolean voter) {
        return peers.stream().map(peer -> member(peer, voter)).sorted(BY_ID).toList();
    }

    private static Member member(RaftPeer peer, boolean voter) {
        String address = peer.getAddress();
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Member(peer.getId().toString(), bracketed ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(address.substring(colon + 1)), voter);
    }
}
