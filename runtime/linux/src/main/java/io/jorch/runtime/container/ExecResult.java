package io.jorch.runtime.container;

/// How a further process in a container ended.
///
/// @param code its exit code, or 128 + the signal that ended it
/// @param output the beginning of what it wrote to both outputs
/// @param timedOut whether it was killed because its time had passed
public record ExecResult(int code, String output, boolean timedOut) {
}
