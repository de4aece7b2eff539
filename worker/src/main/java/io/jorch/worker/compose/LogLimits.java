package io.jorch.worker.compose;

import io.jorch.api.error.JorchException;
import io.jorch.api.spec.LogDriver;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much of a task's output is kept.
///
/// @param maximumBytes of one file, after which the next is begun
/// @param files kept, the current one counted; 0: nothing is kept
public record LogLimits(long maximumBytes, int files) {
    /// Docker's `local` driver keeps five files of 20 MB; json-file keeps all for ever, which fills disks.
    public static final LogLimits DEFAULT = new LogLimits(20 << 20, 5);

    private static final String FIELD = "TaskTemplate.LogDriver.Options.";
    private static final Map<String, Long> UNITS = Map.of("", 1L, "b", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);

    static LogLimits of(@Nullable LogDriver driver) {
        if (driver == null) {
            return DEFAULT;
        }
        if (driver.name().equals("none")) {
            return new LogLimits(0, 0);
        }
        String size = driver.options().get("max-size");
        String files = driver.options().get("max-file");
        return new LogLimits(size == null ? DEFAULT.maximumBytes : bytes(size), files == null ? DEFAULT.files : count(files));
    }

    private static long bytes(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.matches("[1-9][0-9]{0,8}(b|[kmg]b?)?")) {
            throw JorchException.invalid(FIELD + "max-size", "'" + text + "' is no size, e.g. 10m");
        }
        String digits = lower.replaceAll("[^0-9]", "");
        String unit = lower.substring(digits.length());
        long bytes = Long.parseLong(digits) * UNITS.get(unit.isEmpty() ? "" : unit.substring(0, 1));
        if (bytes < 4096) {
            throw JorchException.invalid(FIELD + "max-size", "'" + text + "' is less than 4k");
        }
        return bytes;
    }

    private static int count(String text) {
        if (!text.matches("[1-9][0-9]{0,2}")) {
            throw JorchException.invalid(FIELD + "max-file", "'" + text + "' is not from 1 to 999");
        }
        return Integer.parseInt(text);
    }
}
