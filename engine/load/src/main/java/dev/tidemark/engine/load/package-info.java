/** A load test of the store: workers that read, create, update and delete, and how long that took them. */
@org.jspecify.annotations.NullMarked
package dev.tidemark.engine.load;
