package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.internal.schema.SyncedTable;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that a transaction touched, before and after.
 *
 * @param before its values by cell, {@code null} if it was not there
 * @param after its values by cell, {@code null} if it is not there
 */
record TouchedRow(
        SyncedTable table,
        UUID id,
        @Nullable Map<Integer, @Nullable Object> before,
        @Nullable Map<Integer, @Nullable Object> after) {}
