/** How changes and values are written as MessagePack, in the database and in segments alike. */
@NullMarked
package dev.tidemark.engine.internal.codec;

import org.jspecify.annotations.NullMarked;
