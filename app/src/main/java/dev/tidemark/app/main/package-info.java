/** The main window: sidebar, quick add, list, and how they stand beside the detail pane. */
@NullMarked
package dev.tidemark.app.main;

import org.jspecify.annotations.NullMarked;
