/** The keys of an encrypted library. */
@NullMarked
package dev.tidemark.engine.internal.keys;

import org.jspecify.annotations.NullMarked;
