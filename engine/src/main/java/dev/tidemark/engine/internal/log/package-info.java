/** The changelog as the database keeps it: blocks of consecutive changes, written by one class and read by another. */
@NullMarked
package dev.tidemark.engine.internal.log;

import org.jspecify.annotations.NullMarked;
