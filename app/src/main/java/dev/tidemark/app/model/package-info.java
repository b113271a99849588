/** Items, lists and tags: their types, queries and commands. No JavaFX. */
@NullMarked
package dev.tidemark.app.model;

import org.jspecify.annotations.NullMarked;
