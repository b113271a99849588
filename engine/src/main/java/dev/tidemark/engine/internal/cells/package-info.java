/** Cell state: the write that each cell holds, its siblings, and tombstones. */
@NullMarked
package dev.tidemark.engine.internal.cells;

import org.jspecify.annotations.NullMarked;
