package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.Change;
import org.jspecify.annotations.Nullable;

/**
 * About how many bytes a change takes before compression, for keeping batches bounded and for statistics. The same change has
 * the same size on every replica.
 */
public final class ChangeSize {
    private static final int BASE = 48;
    private static final int NUMBER = 9;

    private ChangeSize() {}

    /** The size in bytes. */
    public static long of(Change change) {
        long bytes = BASE;
        for (@Nullable Object value : change.values().values()) {
            bytes += of(value);
        }
        return bytes;
    }

    private static long of(@Nullable Object value) {
        // Not a switch over types, which costs several times as much where only the quick compiler runs.
        if (value instanceof String text) {
            return text.length() + 2L;
        }
        if (value instanceof byte[] blob) {
            return blob.length + 4L;
        }
        return value == null ? 1 : NUMBER;
    }
}
