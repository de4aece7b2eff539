package io.jorch.manager.control.http;

/// Answers one kind of request. Called on a virtual thread, by many at once: it keeps no state and may block. It is
/// interrupted when the client goes away.
@FunctionalInterface
public interface Endpoint {
    /// @throws io.jorch.api.error.JorchException answered as `{"message": …}` with the code's status
    Answer answer(Request request) throws InterruptedException;
}
