/** Reruns queries after commits, and delivers their results and batches of the changelog to subscribers. */
@NullMarked
package dev.tidemark.engine.internal.subscribe;

import org.jspecify.annotations.NullMarked;
