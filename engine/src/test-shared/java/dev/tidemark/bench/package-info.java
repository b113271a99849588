/** Shared by the benchmarks of all modules: measures figures, prints, stores and documents them. */
@org.jspecify.annotations.NullMarked
package dev.tidemark.bench;
