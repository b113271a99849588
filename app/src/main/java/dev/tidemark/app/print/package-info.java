/** Prints items and lists: content, page breaks and printer access. */
@NullMarked
package dev.tidemark.app.print;

import org.jspecify.annotations.NullMarked;
