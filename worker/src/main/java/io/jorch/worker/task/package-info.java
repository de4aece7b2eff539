/// The life of one task on its node, one step a file. Start at [TaskRunner].
///
/// ```
/// ACCEPTED ─ FetchImageStep ─ PrepareStep ─ NetworkStep ─ READY ─ (desired ≥ RUNNING) ─ LaunchStep ─ STARTING
///            └── an error here: REJECTED                                            │
///   ┌───────────────────────────────── HealthStep: all checks passed ───────────────┘
/// RUNNING ─ WaitStep: exit → COMPLETE or FAILED ─┐
///         └ StopStep: desired ≥ SHUTDOWN ────────┴─ network and container released ─ SHUTDOWN … RemoveStep: removed
/// ```
@org.jspecify.annotations.NullMarked
package io.jorch.worker.task;
