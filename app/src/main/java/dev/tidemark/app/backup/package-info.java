/** Backups of the library on this device. Creates daily backups, removes old backups, and restores a backup. */
@NullMarked
package dev.tidemark.app.backup;

import org.jspecify.annotations.NullMarked;
