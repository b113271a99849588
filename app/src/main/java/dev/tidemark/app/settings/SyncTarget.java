package dev.tidemark.app.settings;

/** What the library is synced through. */
public enum SyncTarget {
    /** Nothing. */
    OFF,
    /** A folder that something else carries. */
    FOLDER,
    /** A bucket of Amazon S3 or of something that speaks its language. */
    S3
}
