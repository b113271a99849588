/** Reads rows of a snapshot from a database, writes them as parts, and reads parts. */
@NullMarked
package dev.tidemark.engine.internal.snapshot;

import org.jspecify.annotations.NullMarked;
