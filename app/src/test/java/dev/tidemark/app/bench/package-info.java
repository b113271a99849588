/** Benchmarks of the program, as whole processes and in its window. docs/benchmarks.md explains what they measure. */
@NullMarked
package dev.tidemark.app.bench;

import org.jspecify.annotations.NullMarked;
