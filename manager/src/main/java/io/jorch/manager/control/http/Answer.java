package io.jorch.manager.control.http;

import io.jorch.api.error.ErrorCode;
import io.jorch.api.error.JorchException;
import io.jorch.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What an endpoint answers.
///
/// @param headers besides those that every answer has
public record Answer(int status, Map<String, String> headers, Content content) {
    public sealed interface Content {
    }

    /// @param type of the content; empty: there is none
    public record Whole(String type, byte[] bytes) implements Content {
    }

    /// Written as it comes to be, on the request's thread.
    public record Stream(String type, Writer writer) implements Content {
    }

    /// Writes a stream. What it throws after its first byte cuts the answer off, so that no client takes it for whole.
    @FunctionalInterface
    public interface Writer {
        /// @param out unbuffered: each write goes out at once, and returns when the client took it
        void write(OutputStream out) throws IOException, InterruptedException;

        /// Called once at the end, also when nothing was written because the client was gone before.
        default void close() {
        }
    }

    public static Answer json(Object value) {
        return json(200, value);
    }

    public static Answer json(int status, Object value) {
        return new Answer(status, Map.of(), new Whole("application/json", Json.write(value)));
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new Whole("", new byte[0]));
    }

    public static Answer text(int status, String text) {
        return new Answer(status, Map.of(),
                new Whole("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8)));
    }

    public static Answer stream(String type, Writer writer) {
        return new Answer(200, Map.of(), new Stream(type, writer));
    }

    /// `{"message": …}` with the code's status: Docker's `ErrorResponse`.
    public static Answer failure(JorchException failure) {
        return failure(failure.code(), failure.getMessage() == null ? failure.code().name() : failure.getMessage());
    }

    public static Answer failure(ErrorCode code, String message) {
        return json(code.httpStatus(), Map.of("message", message));
    }

    public Answer with(Map<String, String> more) {
        return new Answer(status, more, content);
    }
}
