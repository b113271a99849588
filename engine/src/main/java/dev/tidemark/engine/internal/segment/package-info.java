/** Segment files and snapshot parts; {@code docs/file-format.md} specifies them. */
@NullMarked
package dev.tidemark.engine.internal.segment;

import org.jspecify.annotations.NullMarked;
