/** Benchmarks of the engine, run by {@code mvn -Pbench} only. {@code docs/benchmarks.md} explains what they measure. */
package dev.tidemark.engine.bench;
