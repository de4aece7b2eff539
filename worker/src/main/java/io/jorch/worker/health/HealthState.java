package io.jorch.worker.health;

/// What the probes of one check have told so far. Pure: results and times in, the next state out. Times are monotonic
/// nanoseconds.
///
/// As in Docker, failures in the start period don't count until a probe has passed, and `retries` failures in a row
/// make it unhealthy. Docker's first probe comes one interval after the start; here it comes at once, and until that
/// interval has passed its failures don't count either: so a task is never found unhealthy sooner than Docker would,
/// and is found healthy as soon as it is.
///
/// @param since when the task was started
/// @param passedOnce a probe has passed
/// @param failures in a row that count
/// @param early failed probes before anything counted
/// @param lastOutput of the newest probe
public record HealthState(HealthCheck check, Phase phase, long since, boolean passedOnce, int failures, int early,
        String lastOutput) {
    /// The pause after the first early failure; it doubles with each, up to the start interval.
    static final long FIRST_PAUSE = 100_000_000L;

    public enum Phase {
        STARTING, HEALTHY, UNHEALTHY
    }

    public static HealthState starting(HealthCheck check, long now) {
        return new HealthState(check, Phase.STARTING, now, false, 0, 0, "");
    }

    /// A task that is known to have been healthy: adopted after the daemon was restarted.
    public static HealthState adoptedHealthy(HealthCheck check, long now) {
        return new HealthState(check, Phase.HEALTHY, now, true, 0, 0, "");
    }

    public HealthState after(ProbeResult result, long now) {
        if (result.passed()) {
            return new HealthState(check, Phase.HEALTHY, since, true, 0, early, result.output());
        }
        if (!passedOnce && now - since < grace()) {
            return new HealthState(check, phase, since, false, 0, early + 1, result.output());
        }
        int counted = failures + 1;
        return new HealthState(check, counted >= check.retries() ? Phase.UNHEALTHY : phase, since, passedOnce, counted,
                early, result.output());
    }

    /// How long to wait from now until the next probe.
    public long pause(long now) {
        long left = since + grace() - now;
        if (passedOnce || left <= 0) {
            return check.interval();
        }
        long doubled = early > 20 ? Long.MAX_VALUE : FIRST_PAUSE << Math.max(0, early - 1);
        return Math.min(doubled, Math.min(check.startInterval(), check.interval()));
    }

    private long grace() {
        return Math.max(check.startPeriod(), check.interval());
    }
}
