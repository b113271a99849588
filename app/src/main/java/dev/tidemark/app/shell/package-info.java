/** The main window: its three panes, the commands of the window, startup, and the windows beside it. */
@NullMarked
package dev.tidemark.app.shell;

import org.jspecify.annotations.NullMarked;
