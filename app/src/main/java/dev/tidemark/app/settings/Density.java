package dev.tidemark.app.settings;

/** The height of the rows of lists. */
public enum Density {
    NORMAL,
    COMPACT
}
