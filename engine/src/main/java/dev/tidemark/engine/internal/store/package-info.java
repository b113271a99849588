/** The database itself: connections, transactions, durability, the changelog. */
@NullMarked
package dev.tidemark.engine.internal.store;

import org.jspecify.annotations.NullMarked;
