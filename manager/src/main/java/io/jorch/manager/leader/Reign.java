package io.jorch.manager.leader;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.Cluster;
import io.jorch.api.object.TaskStatus;
import io.jorch.manager.command.CommandChanges;
import io.jorch.manager.command.CommandPort.Accepted;
import io.jorch.manager.command.Commands;
import io.jorch.manager.dispatch.Dispatcher;
import io.jorch.manager.dispatch.SessionEvent;
import io.jorch.manager.leader.LeaderLoop.Wish;
import io.jorch.manager.plan.IdSource;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Observed;
import io.jorch.manager.plan.Plan;
import io.jorch.manager.plan.Planner;
import io.jorch.raft.state.Change;
import io.jorch.raft.state.CommitOutcome;
import io.jorch.raft.state.Draft;
import io.jorch.raft.state.Store;
import io.jorch.raft.state.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One term of leading: what this leader has observed, and its plan-commit cycle. Owned by the leader loop's thread.
final class Reign {
    private static final Logger LOG = LoggerFactory.getLogger(Reign.class);
    /// 1 s, in nanoseconds.
    private static final long DEFAULT_HEARTBEAT = 1_000_000_000L;
    /// Plans in a row without news from outside that each changed something: more is a planner that never rests.
    private static final int RESTLESS = 1_000;

    private final long term;
    private final Store store;
    private final Dispatcher dispatcher;
    private final Supplier<Now> clock;
    private final IdSource ids;
    private final List<SessionEvent> heard = new ArrayList<>();
    private Observed observed;
    private long wakeAt;

    Reign(long term, Store store, Dispatcher dispatcher, Supplier<Now> clock, IdSource ids) {
        this.term = term;
        this.store = store;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.ids = ids;
        Now now = clock.get();
        this.observed = Observed.starting(now);
        this.wakeAt = now.nanos();
    }

    static long heartbeatPeriod(@Nullable Cluster cluster) {
        return cluster == null || cluster.spec().dispatcher() == null
                || cluster.spec().dispatcher().heartbeatPeriod() <= 0
                        ? DEFAULT_HEARTBEAT
                        : cluster.spec().dispatcher().heartbeatPeriod();
    }

    long term() {
        return term;
    }

    /// Task id → newest status that is not committed.
    Map<String, TaskStatus> fleeting() {
        return observed.fleeting();
    }

    /// Nanoseconds until planning is due though nothing happened.
    long idleFor() {
        return wakeAt == Plan.NEVER ? Long.MAX_VALUE : wakeAt - clock.get().nanos();
    }

    void hear(SessionEvent event) {
        observed = observed.hearing(event, clock.get());
        heard.add(event);
    }

    /// Records what was heard and wished, plans, commits; again until a plan changes nothing.
    void work(List<Wish> wishes) {
        List<Wish> open = wishes;
        for (int round = 0; round < RESTLESS; round++) {
            Now now = clock.get();
            Draft draft = new Draft(store.state());
            heard.forEach(event -> Reports.record(draft, event, now));
            List<Granted> granted = grant(draft, open, now);
            open = List.of();
            observed = observed.noting(draft.state(), now);
            Plan plan = Planner.plan(draft.state(), observed, now, ids);
            wakeAt = plan.wakeAt();
            plan.events().forEach(event -> LOG.info("event=planned {}", event));
            plan.fetch().forEach(dispatcher::fetchImages);
            observed = observed.asking(plan, now);
            draftPlan(draft, plan);
            List<Change> changes = draft.changes();
            if (changes.isEmpty()) {
                long index = store.state().index();
                granted.forEach(wish -> wish.answer(index));
                heard.clear();
                return;
            }
            if (!commit(changes, granted)) {
                return;
            }
            heard.clear();
        }
        LOG.error("event=planner-restless rounds={}", RESTLESS);
    }

    private static void draftPlan(Draft draft, Plan plan) {
        for (Change change : plan.changes()) {
            apply(draft, change);
        }
    }

    private static void apply(Draft draft, Change change) {
        switch (change) {
            case Change.Put put -> draft.put(put.object());
            case Change.Delete delete -> {
                io.jorch.api.object.StoredObject gone = draft.state().get(delete.kind(), delete.id());
                if (gone != null) {
                    draft.delete(gone);
                }
            }
        }
    }

    /// A wish whose changes are in the draft, to be answered when they are committed.
    private record Granted(Wish wish, CommandChanges changes) {
        void answer(long index) {
            wish.answer().complete(new Accepted(changes.id(), index, changes.warnings()));
        }

        void fail(JorchException failure) {
            wish.answer().completeExceptionally(failure);
        }
    }

    private List<Granted> grant(Draft draft, List<Wish> wishes, Now now) {
        List<Granted> granted = new ArrayList<>();
        for (Wish wish : wishes) {
            try {
                CommandChanges changes = Commands.changes(wish.command(), draft.state(), now, ids);
                changes.changes().forEach(change -> apply(draft, change));
                granted.add(new Granted(wish, changes));
            } catch (JorchException refused) {
                wish.answer().completeExceptionally(refused);
            }
        }
        return granted;
    }

    /// What was heard stays until it is committed: recording it twice changes nothing.
    ///
    /// @return false when nothing can be said of the outcome now, or this member no longer leads
    private boolean commit(List<Change> changes, List<Granted> granted) {
        long index = 0;
        String key = granted.size() == 1 ? granted.getFirst().wish().key() : "";
        for (Transaction transaction : Batches.cut(term, changes, key)) {
            CommitOutcome outcome = await(transaction);
            @Nullable JorchException failure = switch (outcome) {
                case CommitOutcome.Committed committed -> {
                    index = Math.max(index, committed.index());
                    yield null;
                }
                case CommitOutcome.Refused refused -> new JorchException(ErrorCode.CONFLICT,
                        "the cluster's state changed meanwhile (" + refused.detail() + "): try again");
                case CommitOutcome.NotLeader _ -> LeaderLoop.notLeader(store.leadership());
                case CommitOutcome.Unknown unknown -> new JorchException(ErrorCode.UNKNOWN_OUTCOME,
                        "it is not known whether the change was made (" + unknown.reason()
                                + "): look before you try again");
            };
            if (failure != null) {
                LOG.warn("event=commit-failed term={} error=\"{}\"", term, failure.getMessage());
                granted.forEach(wish -> wish.fail(failure));
                return false;
            }
        }
        long committed = index;
        granted.forEach(wish -> wish.answer(committed));
        return true;
    }

    private CommitOutcome await(Transaction transaction) {
        try {
            return store.commit(transaction).get();
        } catch (ExecutionException failed) {
            return new CommitOutcome.Unknown(JorchException.describe(failed.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new CommitOutcome.Unknown("interrupted");
        }
    }
}
