/** The item list: rows, selection, sorting and filtering, dragging, and keyboard handling. */
@NullMarked
package dev.tidemark.app.list;

import org.jspecify.annotations.NullMarked;
