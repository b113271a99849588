/** Notices what plain SQL did to synced tables, and turns it into changes at commit. */
@NullMarked
package dev.tidemark.engine.internal.capture;

import org.jspecify.annotations.NullMarked;
