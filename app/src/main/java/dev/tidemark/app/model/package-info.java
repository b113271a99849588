/** Items, lists and tags: what they mean, how they are read, and the commands that change them. No JavaFX. */
@NullMarked
package dev.tidemark.app.model;

import org.jspecify.annotations.NullMarked;
