/** Syncs a database with a library in a storage that devices share, on request or with a background service. */
@NullMarked
package dev.tidemark.engine.remote;

import org.jspecify.annotations.NullMarked;
