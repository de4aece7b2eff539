package io.jorch.worker.journal;

import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The fold of a journal's records: one entry per task. No I/O. Owned by whoever owns the [Journal].
final class JournalTable {
    private final SortedMap<String, JournalEntry> entries = new TreeMap<>();

    SortedMap<String, JournalEntry> view() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /// Records of unknown tasks are passed over: the record that named the task may have been cut off with a torn tail.
    void apply(JournalRecord record) {
        JournalEntry known = entries.get(record.taskId());
        switch (record) {
            case JournalRecord.Assigned assigned -> entries.put(assigned.taskId(), known == null
                    ? new JournalEntry(assigned.assignment(), assigned.bootId(), accepted(assigned), false)
                    : known.withAssignment(assigned.assignment()));
            case JournalRecord.Forgotten forgotten -> entries.remove(forgotten.taskId());
            case JournalRecord.Desired desired -> replace(known == null ? null : known.withDesired(desired.desired()));
            case JournalRecord.Observed observed -> replace(known == null ? null : known.withStatus(observed.status()));
            case JournalRecord.Removing _ -> replace(known == null ? null : known.asRemoving());
        }
    }

    /// The fewest records that fold to this table.
    List<JournalRecord> records() {
        List<JournalRecord> records = new ArrayList<>();
        entries.values().forEach(entry -> {
            JournalRecord.Assigned assigned = new JournalRecord.Assigned(entry.assignment(), entry.bootId());
            records.add(assigned);
            if (!entry.status().equals(accepted(assigned))) {
                records.add(new JournalRecord.Observed(entry.taskId(), entry.status()));
            }
            if (entry.removing()) {
                records.add(new JournalRecord.Removing(entry.taskId()));
            }
        });
        return records;
    }

    private void replace(@org.jspecify.annotations.Nullable JournalEntry entry) {
        if (entry != null) {
            entries.put(entry.taskId(), entry);
        }
    }

    /// A task that was assigned and of which nothing was observed yet.
    private static TaskStatus accepted(JournalRecord.Assigned assigned) {
        return TaskStatus.of(TaskState.ACCEPTED, io.jorch.api.json.InstantCodec.ZERO,
                "accepted " + assigned.assignment().name());
    }
}
