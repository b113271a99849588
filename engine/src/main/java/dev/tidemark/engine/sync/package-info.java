/** Keeps two changelogs in step, once or in the background. */
@NullMarked
package dev.tidemark.engine.sync;

import org.jspecify.annotations.NullMarked;
