package io.jorch.images.unpack;

import java.io.IOException;

/// A failure to read an archive, as opposed to one to write what it holds.
final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceException(Exception cause) {
        super(cause);
    }
}
