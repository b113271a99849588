/** The main window with its panes and commands, startup, and the windows that belong to the main window. */
@NullMarked
package dev.tidemark.app.shell;

import org.jspecify.annotations.NullMarked;
