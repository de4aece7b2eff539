package io.jorch.cli.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ConvergenceTest {
    private static final long SECOND = 1_000_000_000L;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Convergence convergence = Convergence.unconnected(
            new ProgressView(new PrintStream(out, true, StandardCharsets.UTF_8), false, false), "web", false, 0);

    private static Progress progress(long done, String rollout, String pending, int failed, int dead) {
        return new Progress(done, 2, List.of(new Progress.Slot("web.1", "running", "", failed)), rollout, "why", pending,
                failed > 0 ? "web.1: boom" : "", dead);
    }

    @Test
    void tasksThatNobodyWatchedMustStayUpForAMoment() {
        assertFalse(convergence.converged(progress(2, "", "", 0, 0), 0));
        assertFalse(convergence.converged(progress(1, "", "", 0, 0), SECOND));
        assertFalse(convergence.converged(progress(2, "", "", 0, 0), 2 * SECOND));
        assertTrue(convergence.converged(progress(2, "", "", 0, 0), 3 * SECOND));
    }

    @Test
    void aRolloutDecidesWhenThereIsOne() {
        assertFalse(convergence.converged(progress(2, "updating", "", 0, 0), 9 * SECOND));
        assertTrue(convergence.converged(progress(2, "completed", "", 0, 0), 10 * SECOND));
        assertEquals("service web: update paused: why; task web.1: boom",
                convergence.failure(progress(1, "paused", "", 1, 0), 0));
    }

    @Test
    void whyATaskIsPendingIsSaidAfterFiveSecondsAndGivenUpAfterThirty() {
        assertNull(convergence.failure(progress(0, "", "web.1: no suitable node", 0, 0), 0));
        assertEquals("", out.toString(StandardCharsets.UTF_8));
        assertNull(convergence.failure(progress(0, "", "web.1: no suitable node", 0, 0), 5 * SECOND));
        assertEquals("pending: web.1: no suitable node\n", out.toString(StandardCharsets.UTF_8));
        assertNotNull(convergence.failure(progress(0, "", "web.1: no suitable node", 0, 0), 30 * SECOND));
    }

    @Test
    void aTaskThatFailsAgainAndAgainIsAFailure() {
        assertNull(convergence.failure(progress(0, "", "", 2, 0), 0));
        assertNotNull(convergence.failure(progress(0, "", "", 3, 0), 0));
        assertNull(convergence.failure(progress(0, "updating", "", 3, 0), 0));
    }

    @Test
    void tasksThatWillNotBeRestartedAreAFailure() {
        assertNull(convergence.failure(progress(1, "", "", 1, 1), 0));
        assertNotNull(convergence.failure(progress(1, "", "", 1, 1), 3 * SECOND));
    }
}
