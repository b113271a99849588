/** Builds what people install: a program folder with its own Java, and the packages of each system around it. */
@NullMarked
package dev.tidemark.installer;

import org.jspecify.annotations.NullMarked;
