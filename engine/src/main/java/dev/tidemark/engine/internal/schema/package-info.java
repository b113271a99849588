/** Defines the engine's own tables, and reads and checks the application's synced tables. */
@NullMarked
package dev.tidemark.engine.internal.schema;

import org.jspecify.annotations.NullMarked;
