/** The files that changes travel in; {@code docs/file-format.md} describes them for strangers. */
@NullMarked
package dev.tidemark.engine.internal.segment;

import org.jspecify.annotations.NullMarked;
