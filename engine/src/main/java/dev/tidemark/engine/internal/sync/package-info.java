/** How a library is laid out in a storage, and what a replica remembers of it. */
@NullMarked
package dev.tidemark.engine.internal.sync;

import org.jspecify.annotations.NullMarked;
