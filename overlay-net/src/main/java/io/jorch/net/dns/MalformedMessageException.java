package io.jorch.net.dns;

/// Bytes that are no message of RFC 1035. Never leaves this package.
final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String problem) {
        super(problem);
    }
}
