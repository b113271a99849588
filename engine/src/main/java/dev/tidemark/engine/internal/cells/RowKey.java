package dev.tidemark.engine.internal.cells;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Names a row: its table's number and its id. */
public record RowKey(int table, UUID id) {
    // As records have them; spelt out because a merge asks a dozen times a row, and those made at run time are slow.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && key.table == table && key.id.equals(id);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + table;
    }
}
