/** Rows of a snapshot: read from a database, written as parts, and read from those. */
@NullMarked
package dev.tidemark.engine.internal.snapshot;

import org.jspecify.annotations.NullMarked;
