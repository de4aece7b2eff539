package io.jorch.worker.health;

import static io.jorch.worker.health.HealthState.Phase.HEALTHY;
import static io.jorch.worker.health.HealthState.Phase.STARTING;
import static io.jorch.worker.health.HealthState.Phase.UNHEALTHY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.api.Test;

class HealthStateTest {
    private static final long SECOND = 1_000_000_000L;

    private static HealthCheck check(int interval, int retries, int startPeriod) {
        return new HealthCheck(new ProbeTarget.Exec(List.of("true")), interval * SECOND, SECOND, retries,
                startPeriod * SECOND, 5 * SECOND);
    }

    /// Each letter is a probe, one a second from second 0 on: p passes, f fails.
    @ParameterizedTest
    @CsvSource({
            // interval, retries, start period, probes, phase
            "1, 3,  0, p,        HEALTHY",
            "1, 3,  0, f,        STARTING",
            "1, 3,  0, fff,      STARTING", // the first came before Docker's first: it doesn't count
            "1, 3,  0, ffff,     UNHEALTHY",
            "1, 1,  0, ff,       UNHEALTHY",
            "1, 3,  0, ffpff,    HEALTHY",
            "1, 3,  0, pff,      HEALTHY",
            "1, 3,  0, pfff,     UNHEALTHY",
            "1, 3,  0, pffpff,   HEALTHY",
            "1, 3,  0, pfffp,    HEALTHY", // readiness comes back
            "1, 3, 10, ffffffffff, STARTING",
            "1, 3, 10, ffffffffffff, STARTING",
            "1, 3, 10, fffffffffffff, UNHEALTHY",
            "1, 3, 10, pfff,     UNHEALTHY", // a pass ends the start period
            "9, 3,  0, ffffffff, STARTING",
            "9, 1,  0, fffffffff, STARTING",
            "9, 1,  0, ffffffffff, UNHEALTHY"})
    void phasesFollowTheProbes(int interval, int retries, int startPeriod, String probes, HealthState.Phase expected) {
        HealthState state = HealthState.starting(check(interval, retries, startPeriod), 0);
        for (int second = 0; second < probes.length(); second++) {
            ProbeResult result = probes.charAt(second) == 'p' ? ProbeResult.pass("fine") : ProbeResult.fail("bad");
            state = state.after(result, second * SECOND);
        }
        assertEquals(expected, state.phase());
        assertEquals(probes.endsWith("p") ? "fine" : "bad", state.lastOutput());
    }

    @Test
    void earlyProbesComeSoonAndSlowDown() {
        HealthState state = HealthState.starting(check(30, 3, 0), 0);
        long now = 0;
        long[] expected = {100, 200, 400, 800, 1600, 3200, 5000, 5000};
        for (long milliseconds : expected) {
            state = state.after(ProbeResult.fail(""), now);
            assertEquals(milliseconds * 1_000_000, state.pause(now));
            now += state.pause(now);
        }
        assertEquals(STARTING, state.phase());
        assertEquals(0, state.failures());
    }

    @Test
    void onceTheGraceIsOverProbesComeAtTheInterval() {
        HealthState state = HealthState.starting(check(30, 3, 0), 0).after(ProbeResult.fail(""), 31 * SECOND);
        assertEquals(30 * SECOND, state.pause(31 * SECOND));
        assertEquals(1, state.failures());
    }

    @Test
    void aHealthyOneIsAskedAtTheIntervalEvenInTheStartPeriod() {
        HealthState state = HealthState.starting(check(30, 3, 300), 0).after(ProbeResult.pass(""), SECOND);
        assertEquals(30 * SECOND, state.pause(SECOND));
    }

    @Test
    void anAdoptedOneCountsItsFailuresAtOnce() {
        HealthState state = HealthState.adoptedHealthy(check(30, 2, 300), 0);
        assertEquals(HEALTHY, state.phase());
        state = state.after(ProbeResult.fail("a"), 1).after(ProbeResult.fail("b"), 2);
        assertEquals(UNHEALTHY, state.phase());
        assertEquals("b", state.lastOutput());
    }
}
