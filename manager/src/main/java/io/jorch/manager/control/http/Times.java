package io.jorch.manager.control.http;

import io.jorch.api.error.JorchException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times as Docker's clients write them in queries (moby, `api/types/time/timestamp.go`): seconds since 1970 with up to
/// nine decimals; RFC 3339; the same without zone, which is UTC; or a Go duration back from now, e.g. `1h30m`.
public final class Times {
    private static final Pattern UNIX = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,9})?");
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOSECONDS = Map.of("ns", 1L, "us", 1_000L, "µs", 1_000L, "ms",
            1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private Times() {
    }

    /// @param field for the refusal
    /// @throws JorchException INVALID
    public static Instant parse(String field, String text, Instant now) {
        if (UNIX.matcher(text).matches()) {
            BigDecimal seconds = new BigDecimal(text);
            long whole = seconds.setScale(0, java.math.RoundingMode.FLOOR).longValue();
            return Instant.ofEpochSecond(whole,
                    seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
        }
        Matcher part = PART.matcher(text);
        Duration back = Duration.ZERO;
        int end = 0;
        while (part.find(end) && part.start() == end) {
            back = back.plusNanos(new BigDecimal(part.group(1))
                    .multiply(BigDecimal.valueOf(NANOSECONDS.getOrDefault(part.group(2), 0L))).longValue());
            end = part.end();
            if (end == text.length()) {
                return now.minus(back);
            }
        }
        return date(field, text);
    }

    private static Instant date(String field, String text) {
        try {
            if (text.length() == "2026-01-31".length()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException wrong) {
            throw JorchException.invalid(field, "'" + text + "' is no time: write seconds since 1970, "
                    + "2026-01-31T12:00:00Z, or a time back from now such as 1h30m");
        }
    }
}
