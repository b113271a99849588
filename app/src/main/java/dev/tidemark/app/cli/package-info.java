/** The commands. Scripts are written against what they print. No JavaFX. */
@NullMarked
package dev.tidemark.app.cli;

import org.jspecify.annotations.NullMarked;
