package dev.tidemark.app.sync;

/**
 * A button that resolves a sync problem or asks the user about the problem. Immutable.
 *
 * @param id the part of the button's id that names the action, in lower case
 * @param asks whether the button only asks for confirmation or cancels the question, so that its panel stays open
 */
public record SyncAction(String id, String text, Runnable action, boolean asks) {}
