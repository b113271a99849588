/** The commands. Scripts depend on their output. No JavaFX. */
@NullMarked
package dev.tidemark.app.cli;

import org.jspecify.annotations.NullMarked;
