/** The one place that opens the storage that the settings name, for the window and all commands. No JavaFX. */
@NullMarked
package dev.tidemark.app.remote;

import org.jspecify.annotations.NullMarked;
