package dev.tidemark.app.undo;

import org.jspecify.annotations.Nullable;

/**
 * A short message at the foot of the window.
 *
 * @param text one sentence
 * @param undo takes back what the sentence says; {@code null} if there is nothing to take back
 */
public record Toast(String text, @Nullable Runnable undo) {}
