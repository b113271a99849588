/** What storages of all kinds have in common. */
@NullMarked
package dev.tidemark.engine.internal.storage;

import org.jspecify.annotations.NullMarked;
