/** Files that rows refer to: kept beside the database, and in the storage of a library, each once under its hash. */
@NullMarked
package dev.tidemark.engine.blob;

import org.jspecify.annotations.NullMarked;
