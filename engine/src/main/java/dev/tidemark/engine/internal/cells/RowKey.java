package dev.tidemark.engine.internal.cells;

import dev.tidemark.engine.internal.codec.ChangeCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Identifies a row by the number of its table and its id. */
public record RowKey(int table, UUID id) {
    /** Reads a table number and an id from the first two columns. */
    public static RowKey read(ResultSet row) throws SQLException {
        return new RowKey(row.getInt(1), ChangeCodec.idOf(row.getBytes(2)));
    }

    // These methods do the same as the generated ones, which are slower. A merge calls them a dozen times for each row.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowKey key && key.table == table && key.id.equals(id);
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + table;
    }
}
