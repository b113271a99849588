/** Undo and redo, and the messages at the bottom of the window. */
@NullMarked
package dev.tidemark.app.undo;

import org.jspecify.annotations.NullMarked;
