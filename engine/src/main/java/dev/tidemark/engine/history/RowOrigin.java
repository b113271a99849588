package dev.tidemark.engine.history;

import dev.tidemark.engine.changelog.ReplicaId;

/**
 * Where a row comes from. Times are milliseconds since 1970 on the respective writer's clock. Immutable.
 *
 * @param createdMillis when it was inserted
 * @param createdBy who inserted it
 * @param changedMillis when it was last written
 * @param changedBy who wrote last
 */
public record RowOrigin(long createdMillis, ReplicaId createdBy, long changedMillis, ReplicaId changedBy) {}
