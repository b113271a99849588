package dev.tidemark.app.palette;

/**
 * Keys that do something where the focus is, for the sheet of shortcuts. Immutable.
 *
 * @param group where the sheet lists them
 * @param name what they do
 * @param keys as people write them
 */
public record KeyHint(Command.Group group, String name, String keys) {}
