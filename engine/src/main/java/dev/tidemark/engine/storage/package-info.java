/** Storages through which a library syncs: folders, memory, and wrappers of other storages. */
@NullMarked
package dev.tidemark.engine.storage;

import org.jspecify.annotations.NullMarked;
