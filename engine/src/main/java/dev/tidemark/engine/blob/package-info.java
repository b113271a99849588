/** Blobs: files that rows refer to, stored once under their hash, beside the database and in the library's storage. */
@NullMarked
package dev.tidemark.engine.blob;

import org.jspecify.annotations.NullMarked;
