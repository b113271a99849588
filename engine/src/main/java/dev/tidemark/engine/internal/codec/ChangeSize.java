package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.Change;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many bytes a change takes before compression, for batch limits and statistics. A change has the same
 * size on every replica.
 */
public final class ChangeSize {
    private static final int BASE = 48;
    private static final int NUMBER = 9;

    private ChangeSize() {}

    public static long of(Change change) {
        long bytes = BASE;
        for (@Nullable Object value : change.values().values()) {
            bytes += ofValue(value);
        }
        return bytes;
    }

    /**
     * Returns whether the values of a change exceed {@link FormatLimits#CHANGE_BYTES}, so that other devices would
     * refuse to read it.
     */
    public static boolean isTooLarge(Change change) {
        // A character takes at most three bytes of UTF-8.
        if (of(change) <= FormatLimits.CHANGE_BYTES / 3) {
            return false;
        }
        long bytes = 0;
        for (@Nullable Object value : change.values().values()) {
            bytes += value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : ofValue(value);
        }
        return bytes > FormatLimits.CHANGE_BYTES;
    }

    /** Returns the size of one value in bytes. */
    public static long ofValue(@Nullable Object value) {
        // Uses a chain of instanceof, because a pattern switch takes several times as long in code compiled by C1 only.
        if (value instanceof String text) {
            return text.length() + 2L;
        }
        if (value instanceof byte[] blob) {
            return blob.length + 4L;
        }
        return value == null ? 1 : NUMBER;
    }
}
