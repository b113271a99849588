/** Opens the configured storage for the window and the commands. No JavaFX. */
@NullMarked
package dev.tidemark.app.remote;

import org.jspecify.annotations.NullMarked;
