package io.jorch.manager.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.json.Json;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.Task;
import io.jorch.api.object.TaskState;
import io.jorch.api.spec.ServiceSpec;
import io.jorch.manager.command.Command;
import io.jorch.manager.project.Assignments;
import io.jorch.manager.project.NetworkMaps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PlannerTest {
    @Test
    void oneCallPlacesEveryTaskOfANewService() {
        World world = readyNodes();
        world.submit(new Command.CreateService(spec("{\"Name\":\"web\",\"TaskTemplate\":{\"ContainerSpec\":"
                + "{\"Image\":\"nginx\"}},\"Mode\":{\"Replicated\":{\"Replicas\":4}},"
                + "\"EndpointSpec\":{\"Ports\":[{\"TargetPort\":80}]}}"), new ImagePin("nginx", "sha256:1", List.of())));
        world.observed = world.observed.noting(world.state, world.now());
        Plan plan = Planner.plan(world.state, world.observed, world.now(), world::newId);
        world.apply(plan.changes());
        List<Task> tasks = List.copyOf(world.state.tasks().all());
        assertEquals(4, tasks.size());
        assertTrue(tasks.stream().allMatch(task -> task.status().state() == TaskState.ASSIGNED
                && task.legs().size() == 1 && task.desired() == TaskState.RUNNING), tasks::toString);
        assertEquals(2, Assignments.of(world.state, "n1").size());
        assertEquals(2, Assignments.of(world.state, "n2").size());
        assertEquals(30_000, NetworkMaps.of(world.state, "n1").ports().getFirst().published());
        assertTrue(Planner.plan(world.state, world.observed.noting(world.state, world.now()), world.now(),
                world::newId).changes().isEmpty(), "nothing is left to do");
    }

    private static World readyNodes() {
        World world = new World("n1", "n2");
        world.beat();
        world.pass(Now.SECOND);
        return world;
    }

    private static ServiceSpec spec(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ServiceSpec.class);
    }
}
