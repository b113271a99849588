/** Turns error texts of other programs into arguments of problems. */
@NullMarked
package dev.tidemark.engine.internal.problem;

import org.jspecify.annotations.NullMarked;
