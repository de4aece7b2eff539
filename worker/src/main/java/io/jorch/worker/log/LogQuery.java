package io.jorch.worker.log;

import java.time.Instant;

/// Which lines of a task's log are wanted.
///
/// @param follow also those still to come, until the task has ended
/// @param since lines from then on; [Instant#MIN]: all
/// @param tail lines from the end, -1: all
public record LogQuery(boolean follow, Instant since, long tail, boolean stdout, boolean stderr) {
}
