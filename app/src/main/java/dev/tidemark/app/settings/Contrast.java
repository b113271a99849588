package dev.tidemark.app.settings;

/** The contrast of the windows. */
public enum Contrast {
    /** The contrast of the system, if the system reports a preference. */
    SYSTEM,
    NORMAL,
    HIGH
}
