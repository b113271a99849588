package dev.tidemark.app.model;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input stream that throws {@link TooLongException} when a line exceeds {@value #MAX_MEGABYTES} MB, so that a line
 * reader never holds a longer line in memory.
 */
final class BoundedLines extends FilterInputStream {
    static final int MAX_MEGABYTES = 16;

    private long length;

    /** Thrown when a line is longer than {@value BoundedLines#MAX_MEGABYTES} MB. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    BoundedLines(InputStream input) {
        super(input);
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count((byte) next);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        int read = super.read(buffer, offset, most);
        for (int i = offset; i < offset + read; i++) {
            count(buffer[i]);
        }
        return read;
    }

    private void count(byte next) throws TooLongException {
        length = next == '\n' ? 0 : length + 1;
        if (length > (long) MAX_MEGABYTES << 20) {
            throw new TooLongException();
        }
    }
}
