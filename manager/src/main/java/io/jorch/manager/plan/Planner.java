package io.jorch.manager.plan;

import io.jorch.manager.plan.allocate.ServiceAllocationStep;
import io.jorch.manager.plan.drain.EndpointDrainStep;
import io.jorch.manager.plan.liveness.EvacuateStep;
import io.jorch.manager.plan.liveness.LostTasksStep;
import io.jorch.manager.plan.liveness.NodeLivenessStep;
import io.jorch.manager.plan.orchestrate.GlobalStep;
import io.jorch.manager.plan.orchestrate.JobStep;
import io.jorch.manager.plan.orchestrate.ReplicatedStep;
import io.jorch.manager.plan.reap.ReapStep;
import io.jorch.manager.plan.restart.PromoteStep;
import io.jorch.manager.plan.restart.RestartStep;
import io.jorch.manager.plan.rollout.RolloutStep;
import io.jorch.manager.plan.schedule.ScheduleStep;
import io.jorch.raft.state.ClusterState;
import java.util.List;
import java.util.Map;

/// Answers what is to change. Pure: equal arguments give equal plans (ids apart, which come from the source).
///
/// A full re-plan each time: what is as it should be yields no change. So it is called on every event and whenever
/// [Plan#wakeAt] has come, over the committed state with the caller's own transactions in flight applied to it.
public final class Planner {
    private static final List<Step> STEPS = List.of( //
            new NodeLivenessStep(), //
            new EndpointDrainStep(), //
            new LostTasksStep(), //
            new RestartStep(), //
            new RolloutStep(), //
            new EvacuateStep(), //
            new ReplicatedStep(), //
            new GlobalStep(), //
            new JobStep(), //
            new PromoteStep(), //
            new ReapStep(), //
            new ServiceAllocationStep(), //
            new ScheduleStep());

    private Planner() {
    }

    /// @param observed has noted `state` (see [Observed#noting])
    public static Plan plan(ClusterState state, Observed observed, Now now, IdSource ids) {
        if (state.cluster() == null) {
            return new Plan(List.of(), Plan.NEVER, Map.of(), List.of());
        }
        Planning planning = new Planning(state, observed, now, ids);
        for (Step step : STEPS) {
            step.run(planning);
        }
        return planning.plan();
    }
}
