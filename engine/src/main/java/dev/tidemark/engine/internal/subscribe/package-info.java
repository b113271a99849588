/** Live queries: reruns queries after commits, and delivers differences and changelog batches. */
@NullMarked
package dev.tidemark.engine.internal.subscribe;

import org.jspecify.annotations.NullMarked;
