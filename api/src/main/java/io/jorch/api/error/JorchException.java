package io.jorch.api.error;

import org.jspecify.annotations.Nullable;

/// A failure that a person can act on. The message is one line: what failed, on which field or object, and the fix.
/// Modules may extend it to carry more (an errno, a step); nothing else is thrown across a module's border.
public class JorchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String field;

    public JorchException(ErrorCode code, String message) {
        this(code, null, message, null);
    }

    public JorchException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, null, message, cause);
    }

    protected JorchException(ErrorCode code, @Nullable String field, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.field = field;
    }

    /// A request whose field is wrong, e.g. `invalid("TaskTemplate.ContainerSpec.Image", "is empty: name an image")`.
    public static JorchException invalid(String field, String problem) {
        return new JorchException(ErrorCode.INVALID, field, field + ": " + problem, null);
    }

    public static JorchException notFound(String kind, String reference) {
        return new JorchException(ErrorCode.NOT_FOUND, kind + " " + reference + " not found");
    }

    public static JorchException conflict(String message) {
        return new JorchException(ErrorCode.CONFLICT, message);
    }

    public ErrorCode code() {
        return code;
    }

    /// The path of the wrong field in the request's own spelling, or null when no single field is to blame.
    public @Nullable String field() {
        return field;
    }

    /// The message of any throwable as one line, never empty.
    public static String describe(Throwable failure) {
        String text = failure.getMessage();
        return text == null || text.isBlank() ? failure.getClass().getSimpleName() : text.strip().replace('\n', ' ');
    }
}
