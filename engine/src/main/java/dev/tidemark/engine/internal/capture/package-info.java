/** Detects writes of plain SQL to synced tables, and turns them into changes at commit. */
@NullMarked
package dev.tidemark.engine.internal.capture;

import org.jspecify.annotations.NullMarked;
