/** Named checkpoints of the library. Creates, shows and restores checkpoints, and counts the changes between them. */
@NullMarked
package dev.tidemark.app.checkpoints;

import org.jspecify.annotations.NullMarked;
