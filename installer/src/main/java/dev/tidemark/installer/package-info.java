/** Builds the installers: a program folder with its own Java runtime, and the packages of each system. */
@NullMarked
package dev.tidemark.installer;

import org.jspecify.annotations.NullMarked;
