/** Builds the program folder, which has its own Java runtime, and the packages of each system from it. */
@NullMarked
package dev.tidemark.installer;

import org.jspecify.annotations.NullMarked;
