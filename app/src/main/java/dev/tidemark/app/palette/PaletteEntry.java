package dev.tidemark.app.palette;

import org.jspecify.annotations.Nullable;

/**
 * One line of the palette. Immutable.
 *
 * @param icon of {@link dev.tidemark.resources.Icons}
 * @param color of a dot in its place, or {@code null}
 * @param text what is chosen
 * @param hint a word at the end of the line, may be empty
 * @param run what choosing it does
 */
public record PaletteEntry(String icon, @Nullable String color, String text, String hint, Runnable run) {}
