package io.jorch.worker.agent;

import io.jorch.api.message.WorkerStream;
import io.jorch.worker.journal.Journal;
import io.jorch.worker.journal.LastNetworks;
import io.jorch.worker.log.LogSource;
import io.jorch.worker.task.TaskImages;
import io.jorch.worker.task.TaskNetworks;
import io.jorch.worker.task.TaskRunners;
import io.jorch.worker.task.TaskRuntime;
import io.jorch.worker.time.Alarms;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// What an agent works with.
///
/// @param connector opens a stream to a manager; blocks, and throws what stands in the way
/// @param blocking runs what may block, each on a thread of its own
public record AgentTools(Supplier<WorkerStream> connector, Journal journal, LastNetworks lastNetworks,
        TaskRunners runners, TaskRuntime runtime, TaskImages images, TaskNetworks networks, LogSource logs, Alarms alarms,
        InstantSource clock, RandomGenerator random, Executor blocking) {
}
