package dev.tidemark.app.settings;

/** What the library is synced through. */
public enum SyncTarget {
    /** Nothing. */
    OFF,
    /** A folder that something else carries. */
    FOLDER
}
