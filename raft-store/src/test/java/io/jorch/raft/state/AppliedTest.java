package io.jorch.raft.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.jorch.api.object.Endpoint;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedTest {
    private static Applied apply(ClusterState state, long index, Change... changes) {
        return Applied.apply(state, index, 7, new Transaction(7, List.of(changes)));
    }

    @Test
    void aStoredObjectCarriesTheIndexOfItsEntryAsVersion() {
        Applied applied = apply(ClusterState.EMPTY, 5, new Change.Put(Samples.task("t1", "s1", "n1")));
        assertEquals(new Verdict.Accepted(5), applied.verdict());
        Task stored = applied.state().tasks().get("t1");
        assertNotNull(stored);
        assertEquals(5, stored.meta().version());
        assertEquals(List.of(stored), applied.state().tasksOfService("s1"));
        assertEquals(List.of(stored), applied.state().tasksOnNode("n1"));
        assertEquals(1, applied.events().size());
        assertNull(applied.events().getFirst().before());
    }

    @Test
    void aChangeOverAnOldVersionRefusesTheWholeEntry() {
        ClusterState first = apply(ClusterState.EMPTY, 5, new Change.Put(Samples.task("t1", "s1", "n1"))).state();
        Applied second = apply(first, 6, new Change.Put(Samples.task("t2", "s1", "n1")),
                new Change.Put(Samples.task("t1", "s1", "n2")));
        assertEquals(Verdict.Reason.STALE_VERSION,
                assertInstanceOf(Verdict.Refused.class, second.verdict()).reason());
        assertNull(second.state().tasks().get("t2"));
        assertSame(first.tasks(), second.state().tasks());
        assertEquals(6, second.state().index());
    }

    @Test
    void aPlanOfAnotherTermIsRefused() {
        Applied applied = Applied.apply(ClusterState.EMPTY, 5, 8,
                new Transaction(7, List.of(new Change.Put(Samples.task("t1", "s1", "n1")))));
        assertEquals(Verdict.Reason.OTHER_TERM, assertInstanceOf(Verdict.Refused.class, applied.verdict()).reason());
    }

    @Test
    void anAddressIsGivenOnceAndComesBackWhenItsTaskHasEnded() {
        Task first = Samples.task("t1", "s1", "n1", "10.0.0.5");
        ClusterState state = apply(ClusterState.EMPTY, 1, new Change.Put(first)).state();
        Applied clash = apply(state, 2, new Change.Put(Samples.task("t2", "s1", "n1", "10.0.0.5")));
        assertEquals(Verdict.Reason.TAKEN, assertInstanceOf(Verdict.Refused.class, clash.verdict()).reason());

        Task stored = state.tasks().get("t1");
        assertNotNull(stored);
        Task ended = stored.withStatus(Samples.status(TaskState.COMPLETE), Samples.NOW);
        ClusterState freed = apply(state, 3, new Change.Put(ended)).state();
        assertEquals(new Verdict.Accepted(4),
                apply(freed, 4, new Change.Put(Samples.task("t2", "s1", "n1", "10.0.0.5"))).verdict());
    }

    @Test
    void aKeySeenBeforeIsAnsweredWithItsFirstIndexAndChangesNothing() {
        Transaction transaction = new Transaction(7, List.of(new Change.Put(Samples.task("t1", "s1", "n1"))), "k");
        ClusterState state = Applied.apply(ClusterState.EMPTY, 5, 7, transaction).state();
        Applied again = Applied.apply(state, 9, 7, transaction);
        assertEquals(new Verdict.Accepted(5), again.verdict());
        assertEquals(List.of(), again.events());
    }

    @Test
    void theDrainingEpochIsTheIndexAtWhichDrainingWasCommitted() {
        ClusterState state = apply(ClusterState.EMPTY, 5, new Change.Put(Samples.task("t1", "s1", "n1"))).state();
        Task task = state.tasks().get("t1");
        assertNotNull(task);
        ClusterState draining = apply(state, 6, new Change.Put(task.withEndpoint(Endpoint.DRAINING, Samples.NOW)))
                .state();
        Task drained = draining.tasks().get("t1");
        assertNotNull(drained);
        assertEquals(new Endpoint(Endpoint.Phase.DRAINING, 6), drained.endpoint());
        ClusterState later = apply(draining, 8, new Change.Put(drained.withDesired(TaskState.SHUTDOWN, Samples.NOW)))
                .state();
        Task last = later.tasks().get("t1");
        assertNotNull(last);
        assertEquals(6, last.endpoint().epoch());
    }

    @Test
    void aDeletionOfWhatIsNotThereIsRefused() {
        Applied applied = apply(ClusterState.EMPTY, 5, Change.Delete.of(Samples.task("t1", "s1", "n1")));
        assertEquals(Verdict.Reason.MALFORMED, assertInstanceOf(Verdict.Refused.class, applied.verdict()).reason());
    }

    @Test
    void aDraftIsProposableAsOneTransactionHoweverOftenAnObjectWasPut() {
        ClusterState state = apply(ClusterState.EMPTY, 5, new Change.Put(Samples.task("t1", "s1", "n1"))).state();
        Draft draft = new Draft(state);
        Task task = state.tasks().get("t1");
        assertNotNull(task);
        draft.put(task.withDesired(TaskState.SHUTDOWN, Samples.NOW));
        draft.put(task.withDesired(TaskState.REMOVE, Samples.NOW));
        draft.put(Samples.task("t2", "s1", "n1"));
        draft.delete(Samples.task("t2", "s1", "n1"));
        assertEquals(1, draft.changes().size());
        Applied applied = Applied.apply(state, 6, 7, new Transaction(7, draft.changes()));
        assertEquals(new Verdict.Accepted(6), applied.verdict());
    }

    @Test
    void aSnapshotRestoresToAnEqualStateWithAnEqualHash() {
        ClusterState state = Applied.apply(ClusterState.EMPTY, 5, 7,
                new Transaction(7, List.of(new Change.Put(Samples.task("t1", "s1", "n1", "10.0.0.5"))), "key")).state();
        ClusterState restored = SnapshotCodec.decode(SnapshotCodec.encode(state));
        assertEquals(Store.hash(state), Store.hash(restored));
        assertEquals(state.tasks().get("t1"), restored.tasks().get("t1"));
        assertEquals("t1", restored.holderOf("address/net/10.0.0.5"));
        assertEquals(5L, restored.keys().indexOf("key"));
    }
}
