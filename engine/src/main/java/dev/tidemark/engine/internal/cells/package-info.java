/** Cell state: the winning write of each cell, its siblings, and tombstones. */
@NullMarked
package dev.tidemark.engine.internal.cells;

import org.jspecify.annotations.NullMarked;
