package io.jorch.worker.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.Probe;
import io.jorch.worker.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckTest {
    private static final long SECOND = 1_000_000_000L;

    private static Optional<HealthCheck> check(String spec, String image) {
        return HealthCheck.of(Samples.container(spec), Samples.image(image));
    }

    @Test
    void nobodyAsksForOne() {
        assertEquals(Optional.empty(), check("", ""));
    }

    @Test
    void theImagesIsTakenWithDockersDefaults() {
        HealthCheck check = check("", "'Healthcheck':{'Test':['CMD','probe','-x']}").orElseThrow();
        assertEquals(new HealthCheck(new ProbeTarget.Exec(List.of("probe", "-x")), 30 * SECOND, 30 * SECOND, 3, 0,
                5 * SECOND), check);
    }

    @Test
    void theSpecFillsInOnlyWhatItSays() {
        HealthCheck check = check("'Healthcheck':{'Interval':2000000000,'Retries':7}",
                "'Healthcheck':{'Test':['CMD-SHELL','probe | grep ok'],'Interval':9000000000,'Timeout':1000000000}")
                .orElseThrow();
        assertEquals(new HealthCheck(new ProbeTarget.Exec(List.of("/bin/sh", "-c", "probe | grep ok")), 2 * SECOND,
                SECOND, 7, 0, 5 * SECOND), check);
    }

    @Test
    void theImagesShellRunsIt() {
        HealthCheck check = check("", "'Shell':['/bin/bash','-ec'],'Healthcheck':{'Test':['CMD-SHELL','a']}").orElseThrow();
        assertEquals(new ProbeTarget.Exec(List.of("/bin/bash", "-ec", "a")), check.target());
    }

    @Test
    void theSpecSwitchesItOff() {
        assertTrue(check("'Healthcheck':{'Test':['NONE']}", "'Healthcheck':{'Test':['CMD','a']}").isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'Type':'http','Port':80}                    | ok",
            "{'Type':'tcp','Port':80}                     | ok",
            "{'Type':'exec','Command':['a']}              | ok",
            "{'Type':'http','Port':0}                     | L.Port",
            "{'Type':'tcp','Port':65536}                  | L.Port",
            "{'Type':'http','Port':80,'Path':'x'}         | L.Path",
            "{'Type':'http','Port':80,'Path':'/a b'}      | L.Path",
            "{'Type':'exec'}                              | L.Command",
            "{'Type':'grpc','Port':80}                    | L.Type"})
    void aProbeThatCantBeRunIsRefusedByItsField(String json, String expected) {
        Probe probe = Samples.json(json, Probe.class);
        if (expected.equals("ok")) {
            assertEquals(10 * SECOND, HealthCheck.of(probe, "L").interval());
        } else {
            assertEquals(expected, assertThrows(JorchException.class, () -> HealthCheck.of(probe, "L")).field());
        }
    }
}
