package io.jorch.runtime.log;

/// Which records to read.
///
/// @param tail only the last so many lines of what is there; negative: all
/// @param sinceNanos records from this time on, CLOCK_REALTIME; 0: from the start
/// @param untilNanos records before this time; 0: to the end
/// @param follow whether to go on with what is written later, until the container has ended
public record LogQuery(int tail, long sinceNanos, long untilNanos, boolean stdout, boolean stderr, boolean follow) {
    public static final LogQuery ALL = new LogQuery(-1, 0, 0, true, true, false);

    public LogQuery following() {
        return new LogQuery(tail, sinceNanos, untilNanos, stdout, stderr, true);
    }

    public LogQuery last(int lines) {
        return new LogQuery(lines, sinceNanos, untilNanos, stdout, stderr, follow);
    }

    boolean wants(LogRecord entry) {
        return (entry.stream() == LogRecord.STDERR ? stderr : stdout) && entry.timeNanos() >= sinceNanos
                && (untilNanos == 0 || entry.timeNanos() < untilNanos);
    }
}
