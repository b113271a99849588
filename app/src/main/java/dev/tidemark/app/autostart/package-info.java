/** Starts the app at login, with the mechanism of each system. This package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.autostart;

import org.jspecify.annotations.NullMarked;
