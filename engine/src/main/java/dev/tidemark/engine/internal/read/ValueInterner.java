package dev.tidemark.engine.internal.read;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Interns repeated values of a result's columns, such as states, names and dates, so that rows that are held for long
 * share them. It remembers only some recent values of each column, so it costs little if no value repeats. Used by one
 * thread.
 */
final class ValueInterner {
    private static final int SLOTS = 256;
    /** The maximal length of an interned text in characters. Longer texts rarely repeat, and take time to compare. */
    private static final int MAX_TEXT_LENGTH = 100;

    private static final int MAX_BLOB_LENGTH = 16;
    /** The number of rows before interning begins. Results with fewer rows have little to share. */
    private static final int FEW = 32;

    private final @Nullable Object[] @Nullable [] columns;
    private int rows;

    ValueInterner(int width) {
        columns = new Object[width][];
    }

    /** Replaces values of the row by equal values of earlier rows. */
    void intern(@Nullable Object[] values) {
        if (rows++ < FEW) {
            return;
        }
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            if ((value instanceof String text && text.length() <= MAX_TEXT_LENGTH)
                    || (value instanceof byte[] bytes && bytes.length <= MAX_BLOB_LENGTH)) {
                values[index] = canonical(index, value);
            }
        }
    }

    private Object canonical(int column, Object value) {
        @Nullable Object[] slots = columns[column];
        if (slots == null) {
            slots = new Object[SLOTS];
            columns[column] = slots;
        }
        int hash = value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode();
        // The last bits of the hash are used, because texts that differ only in their last character differ only in
        // these bits.
        int slot = (hash ^ hash >>> 16) & (SLOTS - 1);
        Object before = slots[slot];
        if (before != null && isSame(before, value)) {
            return before;
        }
        slots[slot] = value;
        return value;
    }

    private static boolean isSame(Object one, Object other) {
        return one instanceof byte[] bytes
                ? other instanceof byte[] others && Arrays.equals(bytes, others)
                : one.equals(other);
    }
}
