package io.jorch.images.registry;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// When a failed request is sent again. Pure.
///
/// @param attempts in all
/// @param first pause; each further one is twice as long, give or take a quarter
/// @param longest pause, also where the registry asks for a longer one
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(6, Duration.ofMillis(250), Duration.ofSeconds(60));

    /// Whether the status may be another one next time.
    static boolean mayPass(int status) {
        return switch (status) {
            case 408, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    /// @param failed attempts so far, at least 1
    /// @param retryAfter what the registry asked for
    /// @param random 0 to 1, so that many nodes don't come back at once
    /// @return the pause before the next attempt, or nothing to give up
    Optional<Duration> pause(int failed, Optional<Duration> retryAfter, double random) {
        if (failed >= attempts) {
            return Optional.empty();
        }
        long doubled = first.toMillis() << Math.min(failed - 1, 20);
        long own = (long) (doubled * (0.75 + random / 2));
        long wanted = Math.max(own, retryAfter.map(Duration::toMillis).orElse(0L));
        return Optional.of(Duration.ofMillis(Math.min(wanted, longest.toMillis())));
    }

    /// The header Retry-After (RFC 9110, 10.2.3): seconds or a date; nonsense is nothing.
    static Optional<Duration> retryAfter(String value, ZonedDateTime now) {
        if (value.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Duration left = Duration.between(now, ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME));
            return left.isNegative() ? Optional.of(Duration.ZERO) : Optional.of(left);
        } catch (DateTimeParseException nonsense) {
            return Optional.empty();
        }
    }
}
