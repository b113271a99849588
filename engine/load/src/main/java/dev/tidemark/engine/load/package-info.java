/** A load test of the store. Workers read, create, update and delete documents, and record the latencies. */
@org.jspecify.annotations.NullMarked
package dev.tidemark.engine.load;
