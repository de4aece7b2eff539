package io.jorch.cli.render;

import io.jorch.api.error.JorchException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers as Docker's client reads and prints them (`docker/go-units`, Go's `time.Duration`).
public final class Units {
    private static final Pattern BYTES = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgtp]?)(i?b?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|ms|s|m|h)");
    private static final String[] DECIMAL = {"B", "kB", "MB", "GB", "TB", "PB"};
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Units() {
    }

    /// `64m`, `1.5GiB`, `1024`: bytes, in powers of 1,024 as `RAMInBytes` has it.
    public static long parseBytes(String field, String text) {
        Matcher matcher = BYTES.matcher(text.strip());
        if (!matcher.matches()) {
            throw JorchException.invalid(field, "'" + text + "' is no size: use a number with b, k, m or g, e.g. 64m");
        }
        int power = matcher.group(2).isEmpty()
                ? 0
                : "kmgtp".indexOf(matcher.group(2).toLowerCase(Locale.ROOT).charAt(0)) + 1;
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power))).longValue();
    }

    /// `0.5` → 500,000,000.
    public static long parseNanoCpus(String field, String text) {
        try {
            long nanos = new BigDecimal(text).movePointRight(9).longValueExact();
            if (nanos < 0) {
                throw JorchException.invalid(field, "must not be negative");
            }
            return nanos;
        } catch (NumberFormatException | ArithmeticException wrong) {
            throw JorchException.invalid(field, "'" + text + "' is no number of CPUs: use e.g. 0.5");
        }
    }

    /// `1m30s`, `500ms`: nanoseconds.
    public static long parseDuration(String field, String text) {
        if (text.equals("0")) {
            return 0;
        }
        Matcher part = DURATION_PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit(part.group(2)))));
            end = part.end();
        }
        if (end != text.length() || text.isEmpty()) {
            throw JorchException.invalid(field, "'" + text + "' is no duration: use e.g. 500ms, 10s, 1m30s");
        }
        return nanos.longValue();
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }

    /// As Go prints a duration: `1m30s`, `500ms`, `0s`.
    public static String duration(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000_000_000L) {
            return trim(BigDecimal.valueOf(nanos).movePointLeft(nanos >= 1_000_000L ? 6 : 3))
                    + (nanos >= 1_000_000L ? "ms" : "µs");
        }
        long hours = nanos / 3_600_000_000_000L;
        long minutes = nanos / 60_000_000_000L % 60;
        String seconds = trim(BigDecimal.valueOf(nanos % 60_000_000_000L).movePointLeft(9));
        return (hours > 0 ? hours + "h" : "") + (hours > 0 || minutes > 0 ? minutes + "m" : "") + seconds + "s";
    }

    /// `7.05MB`, in powers of 1,000.
    public static String size(long bytes) {
        return scale(bytes, 1000, DECIMAL, 3);
    }

    /// `64MiB`, in powers of 1,024.
    public static String memory(long bytes) {
        return scale(bytes, 1024, BINARY, 4);
    }

    private static String scale(long bytes, int base, String[] names, int digits) {
        double value = bytes;
        int name = 0;
        while (value >= base && name < names.length - 1) {
            value /= base;
            name++;
        }
        return trim(new BigDecimal(value).round(new java.math.MathContext(digits, RoundingMode.HALF_UP)))
                + names[name];
    }

    private static String trim(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /// `2 minutes ago`, as go-units' `HumanDuration`.
    public static String ago(Instant then, Instant now) {
        return span(Duration.between(then, now)) + " ago";
    }

    public static String span(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds == 1) {
            return "1 second";
        }
        if (seconds < 60) {
            return seconds + " seconds";
        }
        long minutes = seconds / 60;
        if (minutes == 1) {
            return "About a minute";
        }
        if (minutes < 60) {
            return minutes + " minutes";
        }
        long hours = Math.round(seconds / 3600.0);
        if (hours == 1) {
            return "About an hour";
        }
        if (hours < 48) {
            return hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        return hours < 24 * 365 * 2 ? hours / 24 / 30 + " months" : hours / 24 / 365 + " years";
    }
}
