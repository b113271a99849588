package dev.tidemark.engine.sync;

/** What becomes of what a device holds when it is connected to the library that a storage holds. Immutable. */
public enum JoinMode {
    /**
     * Both become one: what the device holds and the storage lacks is published there, and other devices of its former
     * library follow when they next sync with this storage. Nothing is lost on either side. It is also the way back after
     * somebody has published the library anew.
     */
    MERGE,

    /**
     * The storage's library takes the place of the device's: what the device holds and the storage lacks is gone from it,
     * but for a copy of the database that is made before.
     */
    REPLACE
}
