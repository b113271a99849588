package dev.tidemark.engine.internal.read;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one result that come again and again in a column, such as states, names and dates, each as one object: rows
 * that are held for long then share them. Of each column it knows the latest few only, so it costs little where nothing
 * comes again. Used by one thread.
 */
final class ValueInterner {
    private static final int SLOTS = 256;
    /** What is longer hardly comes again, and takes time to look through. */
    private static final int LONGEST_TEXT = 100;

    private static final int LONGEST_BLOB = 16;
    /** A shorter result has little to share. */
    private static final int FEW = 32;

    private final @Nullable Object[] @Nullable [] columns;
    private int rows;

    ValueInterner(int width) {
        columns = new Object[width][];
    }

    /** The row's values, those that an earlier row had as that one's. */
    void intern(@Nullable Object[] values) {
        if (rows++ < FEW) {
            return;
        }
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            if ((value instanceof String text && text.length() <= LONGEST_TEXT)
                    || (value instanceof byte[] bytes && bytes.length <= LONGEST_BLOB)) {
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
        // Texts that differ in their last character only have hashes that do so in their last bits.
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
