/** Encodes changes and values as MessagePack, for the database and for segments. */
@NullMarked
package dev.tidemark.engine.internal.codec;

import org.jspecify.annotations.NullMarked;
