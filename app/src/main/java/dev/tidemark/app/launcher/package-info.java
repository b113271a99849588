/** Starts the program: runs a command or opens the window, one window per profile, and sets up the log. */
@NullMarked
package dev.tidemark.app.launcher;

import org.jspecify.annotations.NullMarked;
