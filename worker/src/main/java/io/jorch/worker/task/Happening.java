package io.jorch.worker.task;

import io.jorch.worker.health.ProbeResult;

/// What can happen to a task while its runner waits.
sealed interface Happening {
    /// Someone wants something else of it: look at [TaskControl#desired].
    record Desired() implements Happening {
    }

    record Exited(TaskExit exit) implements Happening {
    }

    /// It is time for a check's next probe.
    record ProbeDue(HealthStep.Kind kind) implements Happening {
    }

    record Probed(HealthStep.Kind kind, ProbeResult result) implements Happening {
    }

    /// A wait's time is over.
    ///
    /// @param number which one
    record Elapsed(long number) implements Happening {
    }
}
