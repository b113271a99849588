/** The files of a library in a storage, syncs with it, and the state that a replica stores about it. */
@NullMarked
package dev.tidemark.engine.internal.sync;

import org.jspecify.annotations.NullMarked;
