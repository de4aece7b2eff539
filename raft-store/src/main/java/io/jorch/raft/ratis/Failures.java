package io.jorch.raft.ratis;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.AlreadyClosedException;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.protocol.exceptions.ServerNotReadyException;
import org.apache.ratis.protocol.exceptions.SetConfigurationException;

/// Ratis' failures in jorch's words.
final class Failures {

    private Failures() {
    }

    /// The reply itself if it is a success.
    static RaftClientReply check(String what, RaftClientReply reply) {
        if (reply.isSuccess()) {
            return reply;
        }
        throw translate(what, reply.getException());
    }

    static JorchException translate(String what, Throwable failure) {
        return switch (unwrap(failure)) {
            case JorchException ours -> ours;
            case NotLeaderException e -> unavailable(what + ": this member does not lead" + hint(e), e);
            case LeaderNotReadyException e -> unavailable(what + ": the leader is just starting, try again", e);
            case LeaderSteppingDownException e -> unavailable(what + ": the leader is stepping down, try again", e);
            case ServerNotReadyException e ->
                unavailable(what + ": this member is not running (stopped, or not added to the cluster yet)", e);
            case AlreadyClosedException e -> unavailable(what + ": this member is stopped", e);
            case TimeoutException e -> unavailable(what + ": no majority answered in time", e);
            case ReconfigurationInProgressException e ->
                new JorchException(ErrorCode.CONFLICT, what + ": another change of membership is under way, try again", e);
            case ReconfigurationTimeoutException e -> unavailable(
                    what + ": the new member did not answer or catch up; check its address, and that it runs", e);
            case SetConfigurationException e ->
                new JorchException(ErrorCode.CONFLICT, what + ": the membership changed meanwhile, try again", e);
            case Throwable e -> new JorchException(ErrorCode.INTERNAL, what + ": " + JorchException.describe(e), e);
        };
    }

    static Throwable unwrap(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private static String hint(NotLeaderException e) {
        return e.getSuggestedLeader() == null ? "" : ", ask " + e.getSuggestedLeader().getId();
    }

    private static JorchException unavailable(String message, Throwable cause) {
        return new JorchException(ErrorCode.UNAVAILABLE, message, cause);
    }
}
