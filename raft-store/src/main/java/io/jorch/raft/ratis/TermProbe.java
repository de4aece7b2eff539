package io.jorch.raft.ratis;

import io.jorch.api.error.JorchException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.RequestVoteRequestProto;
import org.apache.ratis.proto.RaftProtos.TermIndexProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftConfiguration;
import org.apache.ratis.server.RaftServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the voters for their current term, to learn whether a majority still knows none later than ours.
///
/// The question is a pre-vote for an empty log: no voter ever grants it and it changes nothing there, but the answer
/// carries the term. It travels on the connections that the members have anyway.
final class TermProbe {

    private static final Logger LOG = LoggerFactory.getLogger(TermProbe.class);

    private final RaftServer server;
    private final RaftServer.Division division;

    TermProbe(RaftServer server, RaftServer.Division division) {
        this.server = server;
        this.division = division;
    }

    /// @return true as soon as a majority (of both configurations while they change) has answered, each after this
    ///         call, that its term is `term`; false if that has become impossible
    CompletableFuture<Boolean> majorityIsIn(long term) {
        RaftConfiguration configuration = division.getRaftConf();
        Set<RaftPeerId> agreeing = ConcurrentHashMap.newKeySet();
        Set<RaftPeerId> voters = Voters.of(configuration);
        if (voters.remove(division.getId()) && division.getInfo().getCurrentTerm() == term) {
            agreeing.add(division.getId());
        }
        if (Voters.isMajority(configuration, agreeing)) {
            return CompletableFuture.completedFuture(true);
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        AtomicInteger missing = new AtomicInteger(voters.size());
        for (RaftPeerId voter : voters) {
            Thread.ofVirtual().name("raft-term-probe").start(() -> {
                if (termOf(voter) == term) {
                    agreeing.add(voter);
                }
                if (Voters.isMajority(configuration, agreeing)) {
                    answer.complete(true);
                }
                if (missing.decrementAndGet() == 0) {
                    answer.complete(false);
                }
            });
        }
        if (voters.isEmpty()) {
            answer.complete(false);
        }
        return answer;
    }

    private long termOf(RaftPeerId voter) {
        RequestVoteRequestProto question = RequestVoteRequestProto.newBuilder()
                .setServerRequest(RaftRpcRequestProto.newBuilder().setRequestorId(division.getId().toByteString())
                        .setReplyId(voter.toByteString()).setRaftGroupId(RaftGroupIdProto.newBuilder()
                                .setId(division.getMemberId().getGroupId().toByteString())))
                .setCandidateLastEntry(TermIndexProto.getDefaultInstance()).setPreVote(true).build();
        try {
            return server.getServerRpc().requestVote(question).getTerm();
        } catch (IOException | RuntimeException e) {
            LOG.debug("event=term-probe-failed voter={} reason=\"{}\"", voter, JorchException.describe(e));
            return -1;
        }
    }
}
