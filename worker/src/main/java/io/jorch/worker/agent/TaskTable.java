package io.jorch.worker.agent;

import io.jorch.api.message.AgentMessage;
import io.jorch.api.message.ManagerMessage;
import io.jorch.api.message.TaskAssignment;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.worker.journal.Journal;
import io.jorch.worker.journal.JournalEntry;
import io.jorch.worker.journal.JournalRecord;
import io.jorch.worker.task.TaskEvents;
import io.jorch.worker.task.TaskHandle;
import io.jorch.worker.task.TaskRunners;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tasks of the node: the journal and the runners, kept in step with what the manager assigns. A task is started
/// only once its assignment is safe on disk. Owned by the agent's thread.
final class TaskTable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskTable.class);

    private final Journal journal;
    private final TaskRunners runners;
    private final TaskEvents events;
    private final Reporter reporter;
    private final InstantSource clock;
    private final String bootId;
    private final Map<String, TaskHandle> handles = new HashMap<>();
    /// To be done once the journal is safe on disk.
    private final List<Runnable> afterSync = new ArrayList<>();

    TaskTable(Journal journal, TaskRunners runners, TaskEvents events, Reporter reporter, InstantSource clock,
            String bootId) {
        this.journal = journal;
        this.runners = runners;
        this.events = events;
        this.reporter = reporter;
        this.clock = clock;
        this.bootId = bootId;
    }

    /// Takes up what an earlier daemon left, without waiting for a manager.
    void resume() {
        journal.entries().values().forEach(entry -> handles.put(entry.taskId(), runners.start(entry, events)));
    }

    List<AgentMessage.TaskReport> all() {
        return journal.entries().values().stream()
                .map(entry -> new AgentMessage.TaskReport(entry.taskId(), entry.status(), false)).toList();
    }

    Set<String> ids() {
        return new HashSet<>(journal.entries().keySet());
    }

    List<ImagePin> images() {
        return journal.entries().values().stream().map(entry -> entry.assignment().image()).distinct().toList();
    }

    void assign(ManagerMessage.Assignments assignments) {
        Set<String> told = new HashSet<>();
        assignments.put().forEach(assignment -> {
            told.add(assignment.taskId());
            put(assignment);
        });
        List<String> gone = assignments.full()
                ? journal.entries().keySet().stream().filter(id -> !told.contains(id)).toList()
                : assignments.remove();
        gone.forEach(this::remove);
    }

    /// @param safe runs once the observation is on disk
    void observedDurably(String taskId, TaskStatus status, Runnable safe) {
        observed(taskId, status);
        afterSync.add(safe);
    }

    void observed(String taskId, TaskStatus status) {
        JournalEntry entry = journal.entries().get(taskId);
        if (entry == null || status.state().compareTo(entry.status().state()) < 0) {
            return;
        }
        journal.append(new JournalRecord.Observed(taskId, status));
        reporter.observed(taskId, status);
        LOG.info("event=task-{} task={} ready={} error=\"{}\"", status.state().apiName(), taskId, status.ready(),
                status.error());
    }

    void removed(String taskId) {
        JournalEntry entry = journal.entries().get(taskId);
        handles.remove(taskId);
        if (entry != null) {
            journal.append(new JournalRecord.Forgotten(taskId));
            reporter.removed(taskId, entry.status());
            LOG.info("event=task-removed task={}", taskId);
        }
    }

    /// Everything of a batch is done: what was appended is written, and made safe where something waits for that.
    ///
    /// @throws io.jorch.api.error.JorchException EXHAUSTED: nothing was started; to be called again later
    void endOfBatch() {
        if (afterSync.isEmpty()) {
            journal.write();
            return;
        }
        journal.sync();
        List<Runnable> safe = List.copyOf(afterSync);
        afterSync.clear();
        safe.forEach(Runnable::run);
    }

    /// Leaves the tasks as they are.
    void detach() {
        handles.values().forEach(TaskHandle::detach);
        journal.close();
    }

    private void put(TaskAssignment assignment) {
        String taskId = assignment.taskId();
        JournalEntry entry = journal.entries().get(taskId);
        if (entry == null) {
            journal.append(new JournalRecord.Assigned(assignment, bootId));
            observed(taskId, TaskStatus.of(TaskState.ACCEPTED, clock.instant(), "accepted"));
            afterSync.add(() -> start(taskId));
            return;
        }
        if (entry.removing() || entry.assignment().equals(assignment)) {
            return; // a task that was taken away never comes back
        }
        journal.append(onlyDesiredDiffers(entry.assignment(), assignment)
                ? new JournalRecord.Desired(taskId, assignment.desired())
                : new JournalRecord.Assigned(assignment, entry.bootId()));
        steer(taskId);
    }

    private void remove(String taskId) {
        JournalEntry entry = journal.entries().get(taskId);
        if (entry != null && !entry.removing()) {
            journal.append(new JournalRecord.Removing(taskId));
            steer(taskId);
        }
    }

    private void start(String taskId) {
        JournalEntry entry = journal.entries().get(taskId);
        if (entry != null && !handles.containsKey(taskId)) {
            handles.put(taskId, runners.start(entry, events));
        }
    }

    /// A task that has no runner yet is started with what is wanted by then.
    private void steer(String taskId) {
        JournalEntry entry = journal.entries().get(taskId);
        TaskHandle handle = handles.get(taskId);
        if (entry != null && handle != null) {
            handle.desire(entry.assignment(), entry.desired());
        }
    }

    private static boolean onlyDesiredDiffers(TaskAssignment one, TaskAssignment other) {
        return new TaskAssignment(one.taskId(), one.serviceId(), one.serviceName(), one.serviceLabels(), one.name(),
                one.slot(), other.desired(), one.endpoint(), one.spec(), one.image(), one.ids(), one.legs(),
                one.generic(), one.servedPorts()).equals(other);
    }
}
