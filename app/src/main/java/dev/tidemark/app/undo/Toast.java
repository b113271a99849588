package dev.tidemark.app.undo;

import org.jspecify.annotations.Nullable;

/**
 * A short message at the bottom of the window.
 *
 * @param text one sentence
 * @param undo undoes the step of the message; {@code null} for no undo button
 */
public record Toast(String text, @Nullable Runnable undo) {}
