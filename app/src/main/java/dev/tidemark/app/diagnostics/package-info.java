/** The log and the diagnostics. Neither contains user content or secrets. No JavaFX. */
@NullMarked
package dev.tidemark.app.diagnostics;

import org.jspecify.annotations.NullMarked;
