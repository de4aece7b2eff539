package io.jorch.worker.health;

/// What one probe found.
///
/// @param output what the probe said, cut to [#LONGEST] characters; for showing
public record ProbeResult(boolean passed, String output) {
    /// Docker keeps 4096 bytes of a probe's output (`daemon/health.go`, maxOutputLen).
    public static final int LONGEST = 4096;

    public ProbeResult {
        String stripped = output.strip();
        output = stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
    }

    public static ProbeResult pass(String output) {
        return new ProbeResult(true, output);
    }

    public static ProbeResult fail(String output) {
        return new ProbeResult(false, output);
    }
}
