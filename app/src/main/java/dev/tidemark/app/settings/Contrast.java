package dev.tidemark.app.settings;

/** How strongly things stand out. */
public enum Contrast {
    /** As the system wants it at the moment, where it tells. */
    SYSTEM,
    NORMAL,
    HIGH
}
