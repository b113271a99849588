package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.internal.cells.TrackedRow;
import java.util.UUID;

/** Names a row: its table's number and its id. */
record RowKey(int table, UUID id) {
    static RowKey of(TrackedRow row) {
        return new RowKey(row.table(), row.id());
    }
}
