package dev.tidemark.app.settings;

/** The kind of storage that sync uses. */
public enum SyncTarget {
    OFF,
    /** A folder that a sync client or a network drive shares. */
    FOLDER,
    /** A bucket of Amazon S3 or of a compatible server. */
    S3
}
