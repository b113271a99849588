/** Syncs two changelogs. The entry point is {@link dev.tidemark.engine.sync.SyncEngine}. */
@NullMarked
package dev.tidemark.engine.sync;

import org.jspecify.annotations.NullMarked;
