/**
 * The changelog in the database: blocks of consecutive changes, their summaries, queries, compaction and truncation.
 */
@NullMarked
package dev.tidemark.engine.internal.log;

import org.jspecify.annotations.NullMarked;
