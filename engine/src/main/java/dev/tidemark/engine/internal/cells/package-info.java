/** Cell state: which write of which replica each cell holds, and the rivals it has. */
@NullMarked
package dev.tidemark.engine.internal.cells;

import org.jspecify.annotations.NullMarked;
