package dev.tidemark.app.palette;

import dev.tidemark.resources.Keys;
import org.jspecify.annotations.Nullable;

/**
 * One line of the palette. Immutable.
 *
 * @param icon the icon, one of {@link dev.tidemark.resources.Icons}
 * @param color the colour of a dot that replaces the icon, or {@code null}
 * @param hint a word at the end of the line, may be empty
 */
public record PaletteEntry(
        Group group, String icon, @Nullable String color, String text, String hint, Runnable run) {
    /** The groups of the palette, each below a heading. */
    public enum Group {
        RECENT(Keys.PALETTE_RECENT),
        ITEMS(Keys.PALETTE_ITEMS),
        PLACES(Keys.PALETTE_PLACES),
        ACTIONS(Keys.PALETTE_ACTIONS);

        private final String key;

        Group(String key) {
            this.key = key;
        }

        /** The message key of the heading. */
        String key() {
            return key;
        }
    }
}
