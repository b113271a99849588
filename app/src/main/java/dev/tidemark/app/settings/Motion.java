package dev.tidemark.app.settings;

/** Whether the windows animate. */
public enum Motion {
    /** The motion setting of the system, if the system reports a preference. */
    SYSTEM,
    FULL,
    REDUCED
}
