/** The problems that the engine reports, and the exceptions that carry them. */
@NullMarked
package dev.tidemark.engine.problem;

import org.jspecify.annotations.NullMarked;
