/** Dumb storages that a library can be synced through. */
@NullMarked
package dev.tidemark.engine.storage;

import org.jspecify.annotations.NullMarked;
