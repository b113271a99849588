package dev.tidemark.engine.internal.codec;

import java.nio.ByteBuffer;

/** Reads the format of {@link NumberWriter} without copying it. Not thread-safe. */
public final class NumberReader {
    private final byte[] body;
    private final int count;
    private final int width;
    private final boolean areDifferences;
    private final int start;
    private int index;
    private long previous;

    /**
     * @param offset where the numbers begin in the body
     * @param end where the stream ends, which may be after the last of the numbers
     * @param count how many numbers there are
     * @throws FormatException if the stream is malformed or too short
     */
    NumberReader(byte[] body, int offset, int end, long count) {
        this.body = body;
        if (count == 0) {
            this.count = 0;
            this.width = 0;
            this.areDifferences = false;
            this.start = offset;
            return;
        }
        int mode = offset < end ? body[offset] : 0;
        this.width = mode & ~NumberWriter.DIFFERENCES;
        this.areDifferences = mode != width;
        long first = offset + 1L + (areDifferences ? Long.BYTES : 0);
        if (width < 1 || width > Long.BYTES || count < 0 || count > (end - first) / width) {
            throw new FormatException("a stream of numbers is malformed or too short");
        }
        this.count = (int) count;
        this.start = (int) first;
        this.previous = areDifferences ? ByteBuffer.wrap(body).getLong(offset + 1) : 0;
    }

    /** Returns where the numbers end in the body. */
    int end() {
        return start + count * width;
    }

    /** @throws FormatException if there is no further number */
    public long next() {
        if (index == count) {
            throw new FormatException("a stream ends early");
        }
        long zigzag = 0;
        int at = start + index++;
        for (int plane = 0; plane < width; plane++, at += count) {
            zigzag = zigzag << 8 | Byte.toUnsignedLong(body[at]);
        }
        long number = zigzag >>> 1 ^ -(zigzag & 1);
        if (!areDifferences) {
            return number;
        }
        previous += number;
        return previous;
    }

    /** Returns the next number as an index or a length; -1 if it does not fit into an int. */
    public int nextInt() {
        long number = next();
        return number == (int) number ? (int) number : -1;
    }
}
