/** Formats dates, repeat rules, priorities, sizes and relative times in the language of the user. */
@NullMarked
package dev.tidemark.app.format;

import org.jspecify.annotations.NullMarked;
