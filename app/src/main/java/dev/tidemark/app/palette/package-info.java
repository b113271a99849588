/** The command palette, the sheet of shortcuts, and their commands with names and keys. */
@NullMarked
package dev.tidemark.app.palette;

import org.jspecify.annotations.NullMarked;
