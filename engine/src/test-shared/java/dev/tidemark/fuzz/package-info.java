/** Random input for whatever reads bytes or text that somebody else wrote. */
@NullMarked
package dev.tidemark.fuzz;

import org.jspecify.annotations.NullMarked;
