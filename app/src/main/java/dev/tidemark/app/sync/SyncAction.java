package dev.tidemark.app.sync;

/**
 * A button that resolves a sync problem or asks about it. Immutable.
 *
 * @param id the id of the button, in lower case
 * @param asks whether the button only asks for confirmation, so that its panel stays open
 */
public record SyncAction(String id, String text, Runnable action, boolean asks) {}
