/** Backups of the library on this device: made daily, rotated, and restored. */
@NullMarked
package dev.tidemark.app.backup;

import org.jspecify.annotations.NullMarked;
