/** Reads and writes segments and snapshot parts. {@code docs/file-format.md} specifies the formats. */
@NullMarked
package dev.tidemark.engine.internal.segment;

import org.jspecify.annotations.NullMarked;
