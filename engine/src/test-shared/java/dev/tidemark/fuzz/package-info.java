/** Random input for code that reads bytes or text from outside. */
@NullMarked
package dev.tidemark.fuzz;

import org.jspecify.annotations.NullMarked;
