package io.jorch.manager.plan;

/// How far a node is with an image that a rollout wants it to have.
///
/// @param at since when (monotonic nanoseconds)
/// @param error why it failed; else empty
public record ImageState(Kind kind, long at, String error) {
    public enum Kind {
        ASKED, FETCHED, FAILED
    }
}
