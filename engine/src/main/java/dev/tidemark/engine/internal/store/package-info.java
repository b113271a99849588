@NullMarked
package dev.tidemark.engine.internal.store;

import org.jspecify.annotations.NullMarked;
