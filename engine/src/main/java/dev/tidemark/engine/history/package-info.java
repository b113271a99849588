/** What the changelog knows of rows: where their values came from, which are in conflict, which wait. */
@NullMarked
package dev.tidemark.engine.history;

import org.jspecify.annotations.NullMarked;
