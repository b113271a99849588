/** The item list: rows, selection, sorting and filtering, dragging, and the keys of a list. */
@NullMarked
package dev.tidemark.app.list;

import org.jspecify.annotations.NullMarked;
