package dev.tidemark.engine.internal.sync;

/** How the library and epoch that a file names relate to the library of a sync. */
enum FileOrigin {
    /** The library itself, in this or an earlier epoch, or a library that was joined with it. */
    LIBRARY,
    /** The library itself, in an epoch whose library file is not listed. */
    LATER_EPOCH,
    /** A library that has not been joined with it. */
    OTHER_LIBRARY
}
