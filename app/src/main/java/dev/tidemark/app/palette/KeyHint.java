package dev.tidemark.app.palette;

/**
 * Keys that depend on the focus, for the sheet of shortcuts. Immutable.
 *
 * @param group its group in the sheet
 * @param name the name of their effect
 * @param keys the keys as text
 */
public record KeyHint(Command.Group group, String name, String keys) {}
