package dev.tidemark.app.detail;

import dev.tidemark.resources.Keys;
import dev.tidemark.resources.Texts;

/** Says how large something is. */
public final class SizeText {
    private SizeText() {}

    /** So many bytes in the unit that people use for so many. */
    public static String of(long bytes) {
        if (bytes < 1_000) {
            return Texts.text(Keys.SIZE_BYTES, bytes);
        }
        return bytes < 1_000_000
                ? Texts.text(Keys.SIZE_KILOBYTES, bytes / 1_000)
                : Texts.text(Keys.SIZE_MEGABYTES, bytes / 1e6);
    }
}
