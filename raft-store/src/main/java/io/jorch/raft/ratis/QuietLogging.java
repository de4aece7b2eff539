package io.jorch.raft.ratis;

import io.jorch.api.error.JorchException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// The gRPC inside Ratis logs by java.util.logging, which prints on stderr. This sends it where all else goes.
final class QuietLogging extends Handler {

    /// Kept, since the JDK forgets a logger (and its settings) that nobody holds.
    private static final Logger GRPC = Logger.getLogger("org.apache.ratis.thirdparty");

    static {
        GRPC.setUseParentHandlers(false);
        GRPC.addHandler(new QuietLogging());
    }

    private QuietLogging() {
        setFormatter(new SimpleFormatter());
    }

    /// Loading this class is all there is to it.
    static void install() {
        GRPC.isLoggable(Level.INFO);
    }

    @Override
    public void publish(LogRecord record) {
        String name = record.getLoggerName() == null ? GRPC.getName() : record.getLoggerName();
        org.slf4j.Logger target = LoggerFactory.getLogger(name);
        // A peer that is away is no news of gRPC's: the engine says it.
        LoggingEventBuilder event = record.getLevel().intValue() >= Level.SEVERE.intValue()
                ? target.atWarn()
                : target.atDebug();
        Throwable thrown = record.getThrown();
        event.log("event=grpc level={} message=\"{}\" reason=\"{}\"", record.getLevel(),
                getFormatter().formatMessage(record), thrown == null ? "" : JorchException.describe(thrown));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        // nothing to release
    }
}
