/** Runs the steps of the application's schema, and makes changes of what they write to synced tables. */
@NullMarked
package dev.tidemark.engine.internal.migrate;

import org.jspecify.annotations.NullMarked;
