@NullMarked
package dev.tidemark.engine.internal.subscribe;

import org.jspecify.annotations.NullMarked;
