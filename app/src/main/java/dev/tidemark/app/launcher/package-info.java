/** Starts the program. It runs a command, or opens the only window of a profile, and sets up the log. */
@NullMarked
package dev.tidemark.app.launcher;

import org.jspecify.annotations.NullMarked;
