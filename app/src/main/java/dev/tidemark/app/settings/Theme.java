package dev.tidemark.app.settings;

/** The colours of the windows. */
public enum Theme {
    /** Follows the system. */
    SYSTEM,
    LIGHT,
    DARK
}
