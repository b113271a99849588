/** Starts the app at login, with the mechanism of each system. No JavaFX. */
@NullMarked
package dev.tidemark.app.autostart;

import org.jspecify.annotations.NullMarked;
