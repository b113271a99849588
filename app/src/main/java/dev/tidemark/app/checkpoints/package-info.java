/** Named checkpoints of the library: makes, shows and restores them, and counts the changes between them. */
@NullMarked
package dev.tidemark.app.checkpoints;

import org.jspecify.annotations.NullMarked;
