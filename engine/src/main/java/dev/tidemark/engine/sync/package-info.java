/** Syncs two changelogs, or a database with a storage, once or in the background. */
@NullMarked
package dev.tidemark.engine.sync;

import org.jspecify.annotations.NullMarked;
