/** Blob files beside a database, and the references to them from its rows. */
@NullMarked
package dev.tidemark.engine.internal.blob;

import org.jspecify.annotations.NullMarked;
