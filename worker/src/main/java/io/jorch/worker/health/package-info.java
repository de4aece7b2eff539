/// Whether a task is well: the decision is pure ([HealthState]), the probes are at the edge ([Prober]).
@org.jspecify.annotations.NullMarked
package io.jorch.worker.health;
