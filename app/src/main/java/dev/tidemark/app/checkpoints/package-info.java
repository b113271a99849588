/**
 * Named checkpoints of the library: the changes of each device and list, the library at a checkpoint, and restoring it.
 */
@NullMarked
package dev.tidemark.app.checkpoints;

import org.jspecify.annotations.NullMarked;
