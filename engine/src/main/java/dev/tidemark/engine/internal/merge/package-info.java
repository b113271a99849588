/** Takes in other replicas' changes, and shows in the tables what the cell state says. */
@NullMarked
package dev.tidemark.engine.internal.merge;

import org.jspecify.annotations.NullMarked;
