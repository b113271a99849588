package dev.tidemark.app.settings;

/** Whether the windows animate. */
public enum Motion {
    /** Follows the system, where the system reports a preference. */
    SYSTEM,
    FULL,
    REDUCED
}
