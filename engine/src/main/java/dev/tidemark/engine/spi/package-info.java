/** Interfaces that a program can implement. {@link java.util.ServiceLoader} finds the implementations. */
@NullMarked
package dev.tidemark.engine.spi;

import org.jspecify.annotations.NullMarked;
