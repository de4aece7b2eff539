package io.jorch.api.error;

/// What kind of failure it was, and so which HTTP status the Engine API answers and whether trying again can help.
public enum ErrorCode {
    /// The request itself is wrong: it names the field and the fix. Trying again gives the same answer.
    INVALID(400, Retry.NEVER),
    UNAUTHENTICATED(401, Retry.NEVER), FORBIDDEN(403, Retry.NEVER), NOT_FOUND(404, Retry.NEVER),
    /// A name, port or version is taken, or the object changed since it was read.
    CONFLICT(409, Retry.NEVER),
    /// No room: disk, memory, addresses, ids. The message says of which.
    EXHAUSTED(507, Retry.LATER),
    /// The peer (registry, leader, node) can't be reached or is not ready now.
    UNAVAILABLE(503, Retry.LATER),
    /// The write may or may not have been committed: the caller must look before it tries again.
    UNKNOWN_OUTCOME(500, Retry.CHECK_FIRST),
    /// The kernel or the machine lacks something that jorch needs.
    UNSUPPORTED(501, Retry.NEVER),
    /// Data on disk or from a peer does not match its digest or its format.
    CORRUPT(500, Retry.NEVER),
    /// A bug of ours, or a system call that failed in a way we did not foresee.
    INTERNAL(500, Retry.NEVER);

    /// Whether the same request can succeed later.
    public enum Retry {
        NEVER, LATER, CHECK_FIRST
    }

    private final int httpStatus;
    private final Retry retry;

    ErrorCode(int httpStatus, Retry retry) {
        this.httpStatus = httpStatus;
        this.retry = retry;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public Retry retry() {
        return retry;
    }
}
