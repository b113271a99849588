/** A load test of the store: workers read, create, update and delete documents, and latencies are recorded. */
@org.jspecify.annotations.NullMarked
package dev.tidemark.engine.load;
