package io.jorch.manager.plan;

/// One concern of the planner. Steps run one after another over the same [Planning].
@FunctionalInterface
public interface Step {
    void run(Planning planning);
}
