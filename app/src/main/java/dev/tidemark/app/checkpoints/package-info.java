/** Named checkpoints of the library: who changed how much, the library as it was, and its return. */
@NullMarked
package dev.tidemark.app.checkpoints;

import org.jspecify.annotations.NullMarked;
