/** Where the program starts: commands or the window, what they are made of, one window a profile, and the log. */
@NullMarked
package dev.tidemark.app.launcher;

import org.jspecify.annotations.NullMarked;
