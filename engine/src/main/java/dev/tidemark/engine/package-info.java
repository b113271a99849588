/** The embeddable data store: open a {@link dev.tidemark.engine.Database}, write with SQL or records, subscribe. */
@NullMarked
package dev.tidemark.engine;

import org.jspecify.annotations.NullMarked;
