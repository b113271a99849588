package dev.tidemark.app.settings;

/** The colours of the windows. */
public enum Theme {
    SYSTEM,
    LIGHT,
    DARK
}
