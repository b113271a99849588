/** Backups of the library on this device: made daily, rotated, and put back. */
@NullMarked
package dev.tidemark.app.backup;

import org.jspecify.annotations.NullMarked;
