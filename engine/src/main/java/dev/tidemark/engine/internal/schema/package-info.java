/** The engine's own tables, the application's synced tables, and how both come into being. */
@NullMarked
package dev.tidemark.engine.internal.schema;

import org.jspecify.annotations.NullMarked;
