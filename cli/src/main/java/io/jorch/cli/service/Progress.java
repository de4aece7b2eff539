package io.jorch.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.jorch.cli.task.TaskTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How far a service is from what was wished, at one moment. Pure.
///
/// @param done tasks of the newest revision that run (of a job: that completed)
/// @param wanted how many there shall be; -1: not known yet
/// @param slots by name, the newest task of each
/// @param rollout Docker's `UpdateStatus.State`, empty: none
/// @param message the rollout's
/// @param pending why a task has no node yet; empty: all have one
/// @param error of the newest failed task, with its name; empty: none failed
/// @param deadSlots slots whose task ended badly and has no successor
record Progress(long done, long wanted, List<Slot> slots, String rollout, String message, String pending, String error,
        int deadSlots) {

    /// @param name e.g. `web.1`
    /// @param state of its newest task
    /// @param failed how many tasks of it failed
    record Slot(String name, String state, String error, int failed) {
    }

    /// @param service as `/services?status=true` answers
    /// @param tasks of the newest revision, all desired states
    static Progress of(JsonNode service, List<JsonNode> tasks) {
        JsonNode mode = service.path("Spec").path("Mode");
        boolean job = mode.has("ReplicatedJob") || mode.has("GlobalJob");
        boolean probed = service.path("Spec").path("TaskTemplate").path("Jorch").has("Readiness");
        Map<String, List<JsonNode>> bySlot = new TreeMap<>(Comparator.comparingInt(String::length)
                .thenComparing(Comparator.naturalOrder()));
        tasks.forEach(task -> bySlot.computeIfAbsent(TaskTable.slotName(task), _ -> new ArrayList<>()).add(task));
        long done = 0;
        int dead = 0;
        String pending = "";
        String error = "";
        String errorAt = "";
        List<Slot> slots = new ArrayList<>();
        Map<String, Integer> failures = new HashMap<>();
        for (Map.Entry<String, List<JsonNode>> slot : bySlot.entrySet()) {
            slot.getValue().sort(Comparator.comparing((JsonNode task) -> task.path("CreatedAt").asText()).reversed());
            for (JsonNode task : slot.getValue()) {
                if (failed(task)) {
                    failures.merge(slot.getKey(), 1, Integer::sum);
                    if (task.path("CreatedAt").asText().compareTo(errorAt) > 0) {
                        errorAt = task.path("CreatedAt").asText();
                        error = slot.getKey() + ": " + reason(task);
                    }
                }
            }
            JsonNode newest = slot.getValue().getFirst();
            boolean wantedUp = !List.of("shutdown", "remove").contains(newest.path("DesiredState").asText());
            boolean reached = slot.getValue().stream().anyMatch(task -> job ? state(task).equals("complete")
                    : task.path("DesiredState").asText().equals("running") && state(task).equals("running")
                            && (!probed || task.path("Status").path("Ready").asBoolean()));
            if (reached) {
                done++;
            } else if (failed(newest) && !wantedUp) {
                dead++;
            } else if (!wantedUp && !job) {
                continue;
            }
            if (state(newest).equals("pending") && pending.isEmpty()) {
                String why = newest.path("Status").path("Err").asText();
                pending = slot.getKey() + ": " + (why.isEmpty() ? newest.path("Status").path("Message").asText() : why);
            }
            slots.add(new Slot(slot.getKey(), state(newest), newest.path("Status").path("Err").asText(),
                    failures.getOrDefault(slot.getKey(), 0)));
        }
        JsonNode update = service.path("UpdateStatus");
        return new Progress(done, wanted(mode, slots.size()), List.copyOf(slots), update.path("State").asText(),
                update.path("Message").asText(), pending, error, dead);
    }

    private static long wanted(JsonNode mode, int slots) {
        if (mode.has("Replicated")) {
            return mode.path("Replicated").path("Replicas").asLong(1);
        }
        if (mode.has("ReplicatedJob")) {
            JsonNode job = mode.path("ReplicatedJob");
            return job.path("TotalCompletions").asLong(job.path("MaxConcurrent").asLong(1));
        }
        return slots == 0 ? -1 : slots;
    }

    private static String state(JsonNode task) {
        return task.path("Status").path("State").asText();
    }

    private static boolean failed(JsonNode task) {
        return List.of("failed", "rejected").contains(state(task));
    }

    private static String reason(JsonNode task) {
        JsonNode status = task.path("Status");
        return status.path("Err").asText().isEmpty() ? status.path("Message").asText(state(task))
                : status.path("Err").asText();
    }

    /// Whether all that was wished is up, and no rollout is under way.
    boolean reached() {
        return done >= wanted && wanted >= 0 && !rollingOn();
    }

    boolean rollingOn() {
        return rollout.equals("updating") || rollout.equals("rollback_started");
    }

    int mostFailures() {
        return slots.stream().mapToInt(Slot::failed).max().orElse(0);
    }
}
