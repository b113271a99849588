/** What the benchmarks of all modules share: a figure, and the one place that prints, stores and documents figures. */
@org.jspecify.annotations.NullMarked
package dev.tidemark.bench;
