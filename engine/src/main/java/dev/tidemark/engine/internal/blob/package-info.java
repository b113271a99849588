/** The files of blobs beside a database, and which of them its rows refer to. */
@NullMarked
package dev.tidemark.engine.internal.blob;

import org.jspecify.annotations.NullMarked;
