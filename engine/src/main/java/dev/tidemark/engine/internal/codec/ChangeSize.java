package dev.tidemark.engine.internal.codec;

import dev.tidemark.engine.changelog.Change;
import java.nio.charset.StandardCharsets;
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

    /** Whether its values take more bytes than a file of a storage may hold for one change, so that no device would read it. */
    public static boolean isTooLarge(Change change) {
        // No character takes more than three bytes of UTF-8.
        if (of(change) <= FormatLimits.CHANGE_BYTES / 3) {
            return false;
        }
        long bytes = 0;
        for (@Nullable Object value : change.values().values()) {
            bytes += value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : of(value);
        }
        return bytes > FormatLimits.CHANGE_BYTES;
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
