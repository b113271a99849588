/** The log and the diagnostics. Neither contains user content or secrets. This package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.diagnostics;

import org.jspecify.annotations.NullMarked;
