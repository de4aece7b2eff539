package io.jorch.manager.plan.restart;

import io.jorch.api.object.Meta;
import io.jorch.api.object.RestartHistory;
import io.jorch.api.object.Revision;
import io.jorch.api.object.Service;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.RestartPolicy;
import io.jorch.manager.plan.Now;
import io.jorch.manager.plan.Planning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether and when a task that ended is replaced, by its service's restart policy.
///
/// A delay that the user set is kept to. Where none is set it is 5 s, and tasks that keep ending within a minute of
/// their start are given longer and longer ones: 5 s three times, then doubled up to 5 minutes. One that lasted longer
/// than a minute starts this anew.
public final class RestartRules {
    private static final int REMEMBERED = 20;
    private static final int PATIENCE = 3;
    private static final long LONGEST_DELAY = 300 * Now.SECOND;
    private static final Duration FAST = Duration.ofSeconds(60);

    private RestartRules() {
    }

    public static RestartPolicy policy(Service service, Task task) {
        Revision revision = service.has(task.revision()) ? service.revision(task.revision()) : service.targetRevision();
        RestartPolicy policy = revision.spec().taskTemplate().restartPolicy();
        return policy == null ? RestartPolicy.DEFAULT : policy;
    }

    /// Whether tasks of the service that are lost with their node are replaced.
    public static boolean never(RestartPolicy policy) {
        return policy.condition().equals("none");
    }

    /// Whether a task that ends well is replaced: a service that is to run for ever.
    public static boolean restartsOnSuccess(Service service, Task task) {
        String condition = policy(service, task).condition();
        return condition.isEmpty() || condition.equals("any");
    }

    /// @param ended a task that ended by itself
    static boolean restarts(Planning planning, Service service, Task ended) {
        RestartPolicy policy = policy(service, ended);
        if (ended.status().state() == TaskState.ORPHANED) {
            return !never(policy);
        }
        boolean wanted = switch (policy.condition()) {
            case "none" -> false;
            case "on-failure" -> ended.status().state() != TaskState.COMPLETE;
            default -> true;
        };
        Long attempts = policy.maxAttempts();
        return wanted && (attempts == null || attempts == 0
                || counted(history(planning, service, ended), policy, ended) < attempts);
    }

    /// Restarts that count against the attempts. A window is counted back from the task's end, not from now, so that
    /// what was given up stays so.
    private static long counted(@Nullable RestartHistory history, RestartPolicy policy, Task ended) {
        if (history == null) {
            return 0;
        }
        Long window = policy.window();
        if (window == null || window == 0) {
            return history.total();
        }
        Instant from = ended.status().timestamp().minusNanos(window);
        return history.restarts().stream().filter(at -> at.isAfter(from)).count();
    }

    /// Nanoseconds between the end of a task and the start of its replacement.
    public static long delay(Planning planning, Service service, Task ended) {
        if (ended.status().state() == TaskState.ORPHANED) {
            return 0;
        }
        RestartPolicy policy = policy(service, ended);
        RestartHistory history = history(planning, service, ended);
        if (policy.delay() != null || history == null) {
            return policy.delayOrDefault();
        }
        int level = 0;
        List<Instant> restarts = history.restarts();
        for (int i = 1; i < restarts.size(); i++) {
            Duration apart = Duration.between(restarts.get(i - 1), restarts.get(i));
            level = apart.compareTo(FAST.plusNanos(delayAt(level))) < 0 ? level + 1 : 0;
        }
        return delayAt(level);
    }

    private static long delayAt(int level) {
        long delay = RestartPolicy.DEFAULT_DELAY;
        for (int i = PATIENCE; i <= level && delay < LONGEST_DELAY; i++) {
            delay *= 2;
        }
        return Math.min(delay, LONGEST_DELAY);
    }

    /// Notes that a task is replaced.
    static void record(Planning planning, Service service, Task ended) {
        Instant wall = planning.now().wall();
        Long attempts = policy(service, ended).maxAttempts();
        int remembered = (int) Math.max(REMEMBERED, attempts == null ? 0 : Math.min(attempts, 1_000));
        String id = id(service, ended);
        RestartHistory before = planning.state().restarts().get(id);
        RestartHistory same = history(planning, service, ended);
        List<Instant> restarts = new ArrayList<>(same == null ? List.of() : same.restarts());
        restarts.add(wall);
        planning.put(new RestartHistory(id, before == null ? Meta.created(wall) : before.meta().touched(wall),
                service.id(), ended.revision(),
                restarts.subList(Math.max(0, restarts.size() - remembered), restarts.size()),
                same == null ? 1 : same.total() + 1));
    }

    /// The slot's history, unless it is of tasks of another revision.
    private static @Nullable RestartHistory history(Planning planning, Service service, Task task) {
        RestartHistory history = planning.state().restarts().get(id(service, task));
        return history == null || history.revision() != task.revision() ? null : history;
    }

    private static String id(Service service, Task task) {
        return service.id() + "/" + task.slotKey();
    }
}
