package dev.tidemark.app.format;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;

/** Formats file sizes. */
public final class FileSizeFormat {
    private FileSizeFormat() {}

    /** Formats a size in the largest fitting unit, up to megabytes. */
    public static String of(long bytes) {
        if (bytes < 1_000) {
            return Messages.text(Keys.SIZE_BYTES, bytes);
        }
        return bytes < 1_000_000
                ? Messages.text(Keys.SIZE_KILOBYTES, bytes / 1_000)
                : Messages.text(Keys.SIZE_MEGABYTES, bytes / 1e6);
    }
}
