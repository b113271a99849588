/** The types, queries and commands for items, lists and tags. The package does not use JavaFX. */
@NullMarked
package dev.tidemark.app.model;

import org.jspecify.annotations.NullMarked;
