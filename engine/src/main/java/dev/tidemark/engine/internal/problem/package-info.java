/** How what others report becomes the argument of a problem. */
@NullMarked
package dev.tidemark.engine.internal.problem;

import org.jspecify.annotations.NullMarked;
