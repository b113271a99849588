package dev.tidemark.app.palette;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the palette. Immutable.
 *
 * @param icon the icon, one of {@link dev.tidemark.resources.Icons}
 * @param color the colour of a dot that replaces the icon; {@code null} for the icon
 * @param hint a word at the end of the line; may be empty
 */
public record PaletteEntry(String icon, @Nullable String color, String text, String hint, Runnable run) {}
