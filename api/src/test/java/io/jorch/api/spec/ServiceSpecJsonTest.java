package io.jorch.api.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServiceSpecJsonTest {
    private static final String DOCKER_CLI = """
            {"Name":"web","Labels":{},"TaskTemplate":{"ContainerSpec":{"Image":"nginx:1.27","Init":false,\
            "StopGracePeriod":0,"DNSConfig":{},"TTY":true,"Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":1000000000}},\
            "Resources":{"Limits":{"NanoCPUs":500000000,"MemoryBytes":67108864},"Reservations":{}},"Placement":{},\
            "ForceUpdate":0},"Mode":{"Replicated":{"Replicas":3}},"UpdateConfig":{"Parallelism":0,"MaxFailureRatio":0,\
            "Order":"start-first"},"EndpointSpec":{"Mode":"vip","Ports":[{"Protocol":"tcp","TargetPort":80,\
            "PublishedPort":8080,"PublishMode":"ingress"}]}}""";

    private static ServiceSpec read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ServiceSpec.class);
    }

    @Test
    void readsWhatTheDockerClientSends() {
        ServiceSpec spec = read(DOCKER_CLI);
        assertEquals(3L, assertInstanceOf(ServiceMode.Replicated.class, spec.modeOrDefault()).replicasOrDefault());
        assertEquals(0L, present(spec.updateConfig()).parallelism());
        assertEquals(8080, present(spec.endpointSpec()).ports().getFirst().publishedPort());
        assertEquals(0L, spec.taskTemplate().containerSpec().stopGracePeriod());
        assertEquals(500_000_000L,
                present(present(spec.taskTemplate().resources()).limits()).nanoCPUs());
    }

    @Test
    void whatWasReadIsWrittenAndReadAgainUnchanged() {
        ServiceSpec spec = read(DOCKER_CLI);
        assertEquals(spec, Json.read(Json.write(spec), ServiceSpec.class));
    }

    @Test
    void absentAndZeroStayApart() {
        ServiceSpec spec = read("{\"Name\":\"a\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"b\"}},"
                + "\"UpdateConfig\":{\"FailureAction\":\"pause\"}}");
        assertNull(present(spec.updateConfig()).parallelism());
        assertNull(spec.taskTemplate().containerSpec().stopGracePeriod());
        assertEquals(1L, ((ServiceMode.Replicated) spec.modeOrDefault()).replicasOrDefault());
    }

    @Test
    void anUnknownFieldIsRefusedByItsPath() {
        JorchException refused = assertThrows(JorchException.class,
                () -> read("{\"Name\":\"a\",\"TaskTemplate\":{\"ContainerSpec\":{\"Image\":\"b\",\"Privileged\":true}}}"));
        assertEquals(ErrorCode.INVALID, refused.code());
        assertEquals("TaskTemplate.ContainerSpec.Privileged", refused.field());
    }

    @Test
    void aModeWithTwoMembersIsRefused() {
        JorchException refused = assertThrows(JorchException.class,
                () -> read("{\"Name\":\"a\",\"Mode\":{\"Global\":{},\"Replicated\":{\"Replicas\":1}}}"));
        assertEquals("Mode", refused.field());
    }

    @Test
    void aWrongTypeNamesTheField() {
        JorchException refused = assertThrows(JorchException.class,
                () -> read("{\"Name\":\"a\",\"Mode\":{\"Replicated\":{\"Replicas\":\"many\"}}}"));
        assertEquals(ErrorCode.INVALID, refused.code());
    }

    private static <T> T present(@org.jspecify.annotations.Nullable T value) {
        assertNotNull(value);
        return value;
    }
}
