package dev.tidemark.app.format;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Messages;

/** Says how large something is. */
public final class FileSizeFormat {
    private FileSizeFormat() {}

    /** So many bytes in the unit that people use for so many. */
    public static String of(long bytes) {
        if (bytes < 1_000) {
            return Messages.text(Keys.SIZE_BYTES, bytes);
        }
        return bytes < 1_000_000
                ? Messages.text(Keys.SIZE_KILOBYTES, bytes / 1_000)
                : Messages.text(Keys.SIZE_MEGABYTES, bytes / 1e6);
    }
}
