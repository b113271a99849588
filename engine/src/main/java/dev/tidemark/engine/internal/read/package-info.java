@NullMarked
package dev.tidemark.engine.internal.read;

import org.jspecify.annotations.NullMarked;
