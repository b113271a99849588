/** Syncs a database with the files of a library in a storage, and stores what the replica knows about that storage. */
@NullMarked
package dev.tidemark.engine.internal.sync;

import org.jspecify.annotations.NullMarked;
