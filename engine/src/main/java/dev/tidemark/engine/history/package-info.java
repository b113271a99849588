/** The history and state of rows: versions, conflicts, hidden rows, waiting cells and mass deletes. */
@NullMarked
package dev.tidemark.engine.history;

import org.jspecify.annotations.NullMarked;
