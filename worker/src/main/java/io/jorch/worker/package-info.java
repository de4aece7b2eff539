/// A node's worker: it holds one stream to a manager, makes the tasks it is told true, and reports.
///
/// Where to start: [io.jorch.worker.agent.AgentLoop] talks to the manager, [io.jorch.worker.task.TaskRunner] is the
/// life of one task, [io.jorch.worker.journal.Journal] is what survives a kill of the daemon.
@org.jspecify.annotations.NullMarked
package io.jorch.worker;
