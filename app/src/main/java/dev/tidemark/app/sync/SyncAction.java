package dev.tidemark.app.sync;

/**
 * Something that a person can do about how sync stands: a button. Immutable.
 *
 * @param id names it, in lower case
 * @param text what the button says
 * @param action what it does
 * @param asks whether it only asks whether the person is sure, so that what it was pressed in stays open
 */
public record SyncAction(String id, String text, Runnable action, boolean asks) {}
