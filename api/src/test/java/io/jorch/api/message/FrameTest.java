package io.jorch.api.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.object.ImagePin;
import io.jorch.api.object.NodeDescription;
import io.jorch.api.object.TaskState;
import io.jorch.api.object.TaskStatus;
import io.jorch.api.spec.Platform;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is sent is what arrives, also where lists and texts are empty and so are not written.
class FrameTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    static Stream<ManagerMessage> down() {
        NetworkMap.EndpointView endpoint = new NetworkMap.EndpointView("t", "web.1.t", 1, "n", "10.0.1.5", true);
        List<NetworkMap.ServiceView> services = List.of(
                new NetworkMap.ServiceView("s1", List.of("web"), Optional.of("10.0.1.2"), List.of(endpoint)),
                new NetworkMap.ServiceView("s2", List.of(), Optional.empty(), List.of()));
        return Stream.of(new ManagerMessage.Welcome("c", 1_000_000_000L), new ManagerMessage.Refused("no such node"),
                new ManagerMessage.Assignments(7, true, List.of(), List.of()),
                new ManagerMessage.Assignments(8, false, List.of(), List.of("t1")),
                new ManagerMessage.Networks(new NetworkMap(3, List.of(), List.of())),
                new ManagerMessage.Networks(new NetworkMap(3,
                        List.of(new NetworkMap.NetworkView("n", "front", true, "10.0.1.0/24", "10.0.1.1", 4097, false,
                                services)),
                        List.of(new NetworkMap.PortView("tcp", 8080, 80, false, List.of())))),
                new ManagerMessage.FetchImages(List.of(new ImagePin("a", "", List.of()))),
                new ManagerMessage.FetchImages(List.of()),
                new ManagerMessage.SubscribeLogs("l1", List.of(), true, "", -1, true, false),
                new ManagerMessage.CancelLogs("l1"));
    }

    static Stream<AgentMessage> up() {
        NodeDescription node = new NodeDescription("h", new Platform("x86_64", "linux"), 1, 2, List.of(), "", Map.of(),
                List.of());
        TaskStatus status = TaskStatus.of(TaskState.RUNNING, NOW, "");
        return Stream.of(new AgentMessage.Register("n", node, "", List.of(), 0),
                new AgentMessage.Register("n", node, "1.2.3.4", List.of(new AgentMessage.TaskReport("t", status, true)), 9),
                new AgentMessage.Heartbeat(), new AgentMessage.Report(List.of()),
                new AgentMessage.NetworksApplied(4), new AgentMessage.ImageFetched("a", ""),
                new AgentMessage.LogLines("l1", List.of(), true, ""),
                new AgentMessage.LogLines("l1", List.of(new AgentMessage.LogLine("t", NOW, false, "")), false, "cut"),
                new AgentMessage.Leaving());
    }

    @ParameterizedTest
    @MethodSource("down")
    void whatAManagerSendsArrives(ManagerMessage message) {
        assertEquals(message, Frame.decodeManager(Frame.encode(message)));
    }

    @ParameterizedTest
    @MethodSource("up")
    void whatAWorkerSendsArrives(AgentMessage message) {
        assertEquals(message, Frame.decodeAgent(Frame.encode(message)));
    }

    @Test
    void aFrameOfSomethingElseIsRefused() {
        byte[] frame = Frame.encode(new AgentMessage.Heartbeat());
        frame[0] = 'X';
        assertEquals(ErrorCode.CORRUPT, assertThrows(JorchException.class, () -> Frame.decodeAgent(frame)).code());
    }
}
