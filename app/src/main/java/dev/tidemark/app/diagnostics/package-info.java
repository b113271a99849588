/** The log, and what those who look into a trouble need: neither holds what a person wrote, nor secrets. No JavaFX. */
@NullMarked
package dev.tidemark.app.diagnostics;

import org.jspecify.annotations.NullMarked;
