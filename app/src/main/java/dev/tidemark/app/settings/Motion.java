package dev.tidemark.app.settings;

/** Whether things move to explain where they come from. */
public enum Motion {
    /** As the system wants it at the moment, where it tells. */
    SYSTEM,
    FULL,
    REDUCED
}
