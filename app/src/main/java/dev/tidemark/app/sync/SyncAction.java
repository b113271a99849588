package dev.tidemark.app.sync;

/**
 * A button that resolves or answers a sync problem. Immutable.
 *
 * @param id its id, in lower case
 * @param asks whether it only asks for confirmation, so that its panel stays open
 */
public record SyncAction(String id, String text, Runnable action, boolean asks) {}
