/** Opens the configured storage for the window and the commands. This package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.remote;

import org.jspecify.annotations.NullMarked;
