/**
 * Merges changes and snapshots of other replicas into cell state, and makes the application's tables show the cell
 * state.
 */
@NullMarked
package dev.tidemark.engine.internal.merge;

import org.jspecify.annotations.NullMarked;
