package io.jorch.cli.client;

import java.io.IOException;
import java.io.InputStream;

/// The body of a message with a Content-Length. A cut body is an error, not an end.
final class FixedInput extends InputStream {
    private final InputStream in;
    private long left;

    FixedInput(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("the answer was cut off " + left + " bytes before its end");
        }
        left -= count;
        return count;
    }
}
