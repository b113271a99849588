package dev.tidemark.engine.internal.sync;

/** The result of comparing the library and epoch of a file with those of a sync. */
enum FileOrigin {
    /** The same library in this or an earlier epoch, or a library that was merged with it. */
    LIBRARY,
    /** The same library, in an epoch whose library file is not listed. */
    LATER_EPOCH,
    /** A library that has not been merged with the library of the sync. */
    OTHER_LIBRARY
}
