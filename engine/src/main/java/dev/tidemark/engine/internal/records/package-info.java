@NullMarked
package dev.tidemark.engine.internal.records;

import org.jspecify.annotations.NullMarked;
