package io.jorch.runtime.log;

/// A line of a container's output, or a part of one.
///
/// @param timeNanos when the shim read it, CLOCK_REALTIME
/// @param stream 1 stdout, 2 stderr
/// @param partial the line goes on in this stream's next record
/// @param bytes without the line feed; shared, not to be changed
@SuppressWarnings("ArrayRecordComponent")
public record LogRecord(long timeNanos, int stream, boolean partial, byte[] bytes) {
    public static final int STDOUT = 1;
    public static final int STDERR = 2;

    int sizeOnDisk() {
        return LogFormat.RECORD_SIZE + bytes.length;
    }
}
