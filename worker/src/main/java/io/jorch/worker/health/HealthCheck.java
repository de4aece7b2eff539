package io.jorch.worker.health;

import io.jorch.api.error.JorchException;
import io.jorch.api.image.ImageConfig;
import io.jorch.api.spec.ContainerSpec;
import io.jorch.api.spec.HealthConfig;
import io.jorch.api.spec.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A probe with all its settings known. Times are nanoseconds.
///
/// @param interval from the end of a probe to the start of the next
/// @param timeout after which a probe failed
/// @param retries failures in a row that make it unhealthy
/// @param startPeriod in which failures don't count, unless one probe passed
/// @param startInterval the interval in the start period
public record HealthCheck(ProbeTarget target, long interval, long timeout, int retries, long startPeriod,
        long startInterval) {
    private static final long SECOND = 1_000_000_000L;
    /// Docker's defaults (`daemon/health.go`).
    private static final HealthConfig DOCKER = new HealthConfig(List.of(), 30 * SECOND, 30 * SECOND, 3, 0, 5 * SECOND);

    /// The health check that a container has: its spec's, with what the spec leaves open from its image, then Docker's
    /// defaults. Empty: none, or switched off.
    public static Optional<HealthCheck> of(ContainerSpec spec, ImageConfig image) {
        HealthConfig merged = inherit(inherit(spec.healthcheck(), image.healthcheck()), DOCKER);
        if (merged.test().isEmpty() || merged.disabled()) {
            return Optional.empty();
        }
        return Optional.of(new HealthCheck(new ProbeTarget.Exec(command(merged.test(), image.shell())),
                merged.interval(), merged.timeout(), merged.retries(), merged.startPeriod(), merged.startInterval()));
    }

    /// @param field the probe's path in the spec, for messages
    /// @throws JorchException INVALID when the probe can't be run
    public static HealthCheck of(Probe probe, String field) {
        long interval = probe.interval() == null ? 10 * SECOND : probe.interval();
        return new HealthCheck(target(probe, field), interval, probe.timeout() == null ? 5 * SECOND : probe.timeout(),
                probe.retries() == null ? 3 : probe.retries(), probe.startPeriod() == null ? 0 : probe.startPeriod(),
                Math.min(interval, SECOND));
    }

    private static ProbeTarget target(Probe probe, String field) {
        boolean needsPort = probe.type().equals("http") || probe.type().equals("tcp");
        if (needsPort && (probe.port() < 1 || probe.port() > 65_535)) {
            throw JorchException.invalid(field + ".Port", probe.port() + " is no port: name one from 1 to 65535");
        }
        return switch (probe.type()) {
            case "http" -> new ProbeTarget.Http(probe.port(), path(probe.path(), field));
            case "tcp" -> new ProbeTarget.Tcp(probe.port());
            case "exec" -> {
                if (probe.command().isEmpty()) {
                    throw JorchException.invalid(field + ".Command", "is empty: an exec probe needs one");
                }
                yield new ProbeTarget.Exec(probe.command());
            }
            default -> throw JorchException.invalid(field + ".Type",
                    "'" + probe.type() + "' is none of http, tcp, exec");
        };
    }

    private static String path(String path, String field) {
        if (path.isEmpty()) {
            return "/";
        }
        // It goes into the request line as it is: a space or line end would make another request of it.
        if (!path.startsWith("/") || path.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw JorchException.invalid(field + ".Path", "'" + path + "' must begin with / and be printable ASCII");
        }
        return path;
    }

    /// Docker merges field by field; zero means "as the image says" (`daemon/commit.go`, merge).
    private static @Nullable HealthConfig inherit(@Nullable HealthConfig own, @Nullable HealthConfig from) {
        if (own == null || from == null) {
            return own == null ? from : own;
        }
        return new HealthConfig(own.test().isEmpty() ? from.test() : own.test(),
                own.interval() == 0 ? from.interval() : own.interval(),
                own.timeout() == 0 ? from.timeout() : own.timeout(),
                own.retries() == 0 ? from.retries() : own.retries(),
                own.startPeriod() == 0 ? from.startPeriod() : own.startPeriod(),
                own.startInterval() == 0 ? from.startInterval() : own.startInterval());
    }

    private static List<String> command(List<String> test, List<String> imageShell) {
        List<String> rest = test.subList(1, test.size());
        if (rest.isEmpty()) {
            throw JorchException.invalid("TaskTemplate.ContainerSpec.Healthcheck.Test",
                    "has no command: use [\"CMD\", …], [\"CMD-SHELL\", \"…\"] or [\"NONE\"]");
        }
        return switch (test.getFirst()) {
            case "CMD" -> rest;
            case "CMD-SHELL" -> {
                List<String> command = new ArrayList<>(
                        imageShell.isEmpty() ? List.of("/bin/sh", "-c") : imageShell);
                command.addAll(rest);
                yield command;
            }
            default -> throw JorchException.invalid("TaskTemplate.ContainerSpec.Healthcheck.Test",
                    "begins with '" + test.getFirst() + "', none of CMD, CMD-SHELL, NONE");
        };
    }
}
