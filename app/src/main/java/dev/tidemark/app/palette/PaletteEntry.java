package dev.tidemark.app.palette;

/**
 * One line of the palette. Immutable.
 *
 * @param icon of {@link dev.tidemark.resources.Icons}
 * @param text what is chosen
 * @param hint a word at the end of the line, may be empty
 * @param run what choosing it does
 */
public record PaletteEntry(String icon, String text, String hint, Runnable run) {}
