/** Commands, which have names and keys: the command palette and the sheet of shortcuts. */
@NullMarked
package dev.tidemark.app.palette;

import org.jspecify.annotations.NullMarked;
