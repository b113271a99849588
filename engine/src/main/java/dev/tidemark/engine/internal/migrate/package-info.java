/** Runs the steps of the application's schema, and turns their writes to synced tables into changes. */
@NullMarked
package dev.tidemark.engine.internal.migrate;

import org.jspecify.annotations.NullMarked;
