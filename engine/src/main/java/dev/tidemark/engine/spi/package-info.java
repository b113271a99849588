/** Interfaces that a program implements and {@link java.util.ServiceLoader} finds. */
@NullMarked
package dev.tidemark.engine.spi;

import org.jspecify.annotations.NullMarked;
