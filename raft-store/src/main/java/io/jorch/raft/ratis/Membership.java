package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.raft.engine.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;

/// Changes of membership. Each one names the configuration it starts from (compare and set), so two of them can't undo
/// each other.
final class Membership {

    private final RaftServer server;
    private final RaftServer.Division division;
    private final ClientId client;
    private final Duration patience;

    Membership(RaftServer server, RaftServer.Division division, ClientId client, Duration patience) {
        this.server = server;
        this.division = division;
        this.client = client;
        this.patience = patience;
    }

    List<Member> members() {
        return Peers.members(division.getRaftConf());
    }

    CompletableFuture<Void> add(Member member) {
        return change("add member " + member.id(), before -> {
            for (Member present : before) {
                if (present.id().equals(member.id()) && !present.equals(member)) {
                    throw JorchException.conflict("member " + member.id() + " exists as " + present.address() + " voter="
                            + present.voter() + ": promote, demote or remove it instead");
                }
                if (!present.id().equals(member.id()) && present.address().equals(member.address())) {
                    throw JorchException.conflict("member " + present.id() + " has the address " + member.address()
                            + " already: remove it first");
                }
            }
            List<Member> after = new ArrayList<>(before);
            if (!before.contains(member)) {
                after.add(member);
            }
            return after;
        });
    }

    CompletableFuture<Void> remove(String id) {
        return change("remove member " + id, before -> {
            Member leaving = find(before, id);
            if (leaving.voter() && before.stream().filter(Member::voter).count() == 1) {
                throw JorchException.conflict("member " + id + " is the last voter and can't be removed");
            }
            return before.stream().filter(member -> !member.equals(leaving)).toList();
        });
    }

    CompletableFuture<Void> vote(String id, boolean voter) {
        return change((voter ? "promote member " : "demote member ") + id, before -> {
            Member changing = find(before, id);
            if (!voter && changing.voter() && before.stream().filter(Member::voter).count() == 1) {
                throw JorchException.conflict("member " + id + " is the last voter and can't be demoted");
            }
            return before.stream().map(member -> member.equals(changing) ? member.withVote(voter) : member).toList();
        });
    }

    private static Member find(List<Member> members, String id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst()
                .orElseThrow(() -> JorchException.notFound("member", id));
    }

    private CompletableFuture<Void> change(String what, UnaryOperator<List<Member>> edit) {
        try {
            List<Member> before = members();
            List<Member> after = edit.apply(before);
            SetConfigurationRequest request = new SetConfigurationRequest(client, server.getId(),
                    division.getMemberId().getGroupId(), CallId.getAndIncrement(),
                    SetConfigurationRequest.Arguments.newBuilder()
                            .setServersInCurrentConf(Peers.peers(before, true))
                            .setListenersInCurrentConf(Peers.peers(before, false))
                            .setServersInNewConf(Peers.peers(after, true))
                            .setListenersInNewConf(Peers.peers(after, false))
                            .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET).build());
            return server.setConfigurationAsync(request)
                    // Ratis gives up a joiner after the same time; this is for a lost majority.
                    .orTimeout(2 * patience.toMillis(), TimeUnit.MILLISECONDS)
                    .handle((reply, failure) -> {
                        if (failure != null) {
                            throw Failures.unwrap(failure) instanceof TimeoutException
                                    ? new JorchException(ErrorCode.UNKNOWN_OUTCOME,
                                            what + ": no majority confirmed it in time; look at the members before you "
                                                    + "try again", failure)
                                    : Failures.translate(what, failure);
                        }
                        Failures.check(what, reply);
                        return null;
                    });
        } catch (JorchException e) {
            return CompletableFuture.failedFuture(e);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(Failures.translate(what, e));
        }
    }
}
