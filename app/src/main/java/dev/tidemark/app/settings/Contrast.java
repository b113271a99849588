package dev.tidemark.app.settings;

/** The contrast of the windows. */
public enum Contrast {
    /** Follows the system, where the system reports a preference. */
    SYSTEM,
    NORMAL,
    HIGH
}
