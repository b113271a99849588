/** Code that all kinds of storages share. */
@NullMarked
package dev.tidemark.engine.internal.storage;

import org.jspecify.annotations.NullMarked;
