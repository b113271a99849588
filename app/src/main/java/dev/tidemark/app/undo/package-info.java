/** Messages at the bottom of the window, and undo and redo. */
@NullMarked
package dev.tidemark.app.undo;

import org.jspecify.annotations.NullMarked;
