package dev.tidemark.engine.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a column as two streams. The first stream has the kinds of the values, the integers, the floats,
 * and the lengths of texts and blobs. The second stream has the bytes of texts and blobs. Not thread-safe.
 */
public final class ColumnWriter {
    static final byte NIL = 0;
    static final byte INTEGER = 1;
    static final byte FLOAT = 2;
    static final byte TEXT = 3;
    static final byte BLOB = 4;

    private final NumberWriter integers = new NumberWriter();
    private final NumberWriter floats = new NumberWriter();
    private final NumberWriter lengths = new NumberWriter();
    private byte[] kinds = new byte[16];
    private int count;
    private byte[] bytes = new byte[64];
    private int filled;

    public void add(@Nullable Object value) {
        // Uses a chain of instanceof, because a pattern switch takes several times as long in code compiled by C1 only.
        if (value == null) {
            addKind(NIL);
        } else if (value instanceof String text) {
            addKind(TEXT);
            addBytes(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof Long number) {
            addKind(INTEGER);
            integers.add(number);
        } else if (value instanceof Double number) {
            addKind(FLOAT);
            floats.add(Double.doubleToRawLongBits(number));
        } else if (value instanceof byte[] blob) {
            addKind(BLOB);
            addBytes(blob);
        } else {
            throw new IllegalArgumentException("Not a value of SQLite: " + value.getClass());
        }
    }

    private void addKind(byte kind) {
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
        kinds[count++] = kind;
    }

    private void addBytes(byte[] added) {
        lengths.add(added.length);
        if (added.length > bytes.length - filled) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(filled, added.length), 2 * bytes.length));
        }
        System.arraycopy(added, 0, bytes, filled, added.length);
        filled += added.length;
    }

    /** Returns the stream of kinds, integers, floats and lengths. */
    byte[] toBytes() {
        byte[][] parts = {integers.toBytes(), floats.toBytes(), lengths.toBytes()};
        int length = count;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] all = Arrays.copyOf(Arrays.copyOf(kinds, count), length);
        int at = count;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Returns the stream of the bytes of texts and blobs. */
    byte[] texts() {
        return Arrays.copyOf(bytes, filled);
    }
}
