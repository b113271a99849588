package dev.tidemark.app.settings;

/** How the window looks. */
public enum Theme {
    LIGHT,
    DARK,
    /** As the system does at the moment. */
    SYSTEM
}
