/** Reads the changelog of a damaged database file without the help of SQLite's b-trees. */
@NullMarked
package dev.tidemark.engine.internal.salvage;

import org.jspecify.annotations.NullMarked;
