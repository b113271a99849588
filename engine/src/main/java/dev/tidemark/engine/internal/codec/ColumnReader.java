package dev.tidemark.engine.internal.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the format of {@link ColumnWriter}. Not thread-safe. */
public final class ColumnReader {
    private final String name;
    private final byte[] body;
    private final int offset;
    private final int end;
    private final int textsEnd;
    private int index;
    private int kindsEnd;
    private NumberReader integers;
    private NumberReader floats;
    private NumberReader lengths;
    private int nextByte;

    /**
     * @param offset where the stream of numbers begins in the body
     * @param end where the stream of numbers ends
     * @param texts where the stream of texts and blobs begins
     * @param textsEnd where the stream of texts and blobs ends
     */
    ColumnReader(String name, byte[] body, int offset, int end, int texts, int textsEnd) {
        this.name = name;
        this.body = body;
        this.offset = offset;
        this.end = end;
        this.textsEnd = textsEnd;
        this.nextByte = texts;
        this.index = offset;
        this.kindsEnd = offset;
        this.integers = new NumberReader(body, offset, end, 0);
        this.floats = integers;
        this.lengths = integers;
    }

    public String name() {
        return name;
    }

    /**
     * Prepares to read this many values.
     *
     * @throws FormatException if the stream has fewer
     */
    void open(long count) {
        if (count > end - offset) {
            throw new FormatException("the column " + name + " ends early");
        }
        kindsEnd = offset + (int) count;
        int[] counts = new int[ColumnWriter.BLOB + 1];
        for (int at = offset; at < kindsEnd; at++) {
            if (body[at] < 0 || body[at] > ColumnWriter.BLOB) {
                throw new FormatException("a value has the kind " + body[at]);
            }
            counts[body[at]]++;
        }
        integers = new NumberReader(body, kindsEnd, end, counts[ColumnWriter.INTEGER]);
        floats = new NumberReader(body, integers.end(), end, counts[ColumnWriter.FLOAT]);
        long texts = (long) counts[ColumnWriter.TEXT] + counts[ColumnWriter.BLOB];
        lengths = new NumberReader(body, floats.end(), end, texts);
        NumberReader again = new NumberReader(body, floats.end(), end, texts);
        long bytes = 0;
        for (long left = texts; left > 0; left--) {
            int length = again.nextInt();
            bytes += length;
            if (length < 0 || bytes > textsEnd - nextByte) {
                throw new FormatException("a text or blob claims more bytes than there are");
            }
        }
        if (bytes != textsEnd - nextByte || lengths.end() != end) {
            throw new FormatException("the column " + name + " goes on after its last value");
        }
    }

    /** Returns the next value. Throws if there is none, or if it is a text that is not UTF-8. */
    public @Nullable Object next() {
        if (index == kindsEnd) {
            throw new FormatException("the column " + name + " ends early");
        }
        return switch (body[index++]) {
            case ColumnWriter.NIL -> null;
            case ColumnWriter.INTEGER -> integers.next();
            case ColumnWriter.FLOAT -> Double.longBitsToDouble(floats.next());
            case ColumnWriter.TEXT -> {
                int start = nextByte;
                nextByte += lengths.nextInt();
                yield ValueCodec.text(body, start, nextByte - start);
            }
            default -> {
                int start = nextByte;
                nextByte += lengths.nextInt();
                yield Arrays.copyOfRange(body, start, nextByte);
            }
        };
    }
}
