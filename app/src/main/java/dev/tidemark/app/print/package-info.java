/** Items and lists on paper: what is on a page, where a page ends, and the way to the printer. */
@NullMarked
package dev.tidemark.app.print;

import org.jspecify.annotations.NullMarked;
