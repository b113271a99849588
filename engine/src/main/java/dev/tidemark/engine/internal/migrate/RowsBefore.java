package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table before a schema step. A second connection still reads them while the step's transaction is open,
 * so nothing is copied. Not thread-safe.
 */
record RowsBefore(@Nullable SyncedTable table, @Nullable PreparedStatement find, long count) implements AutoCloseable {
    /** Returns an empty instance, for a table whose rows are all untracked. */
    static RowsBefore none() {
        return new RowsBefore(null, null, 0);
    }

    /** @param before the connection that still reads the old rows */
    static RowsBefore of(Connection before, SyncedTable table) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT 1");
        table.columns().forEach(column -> sql.append(", ").append(SyncedTable.quote(column.name())));
        sql.append(" FROM main.").append(table.quoted()).append(" WHERE id = ?");
        long count;
        try (Statement statement = before.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM main." + table.quoted())) {
            row.next();
            count = row.getLong(1);
        }
        return new RowsBefore(table, before.prepareStatement(sql.toString()), count);
    }

    /** Returns the row's values by cell, or {@code null} if the row did not exist. */
    @Nullable
    Map<Integer, @Nullable Object> find(@Nullable Object key) throws SQLException {
        if (table == null || find == null) {
            return null;
        }
        Values.bindStored(find, 1, key);
        try (ResultSet row = find.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            Map<Integer, @Nullable Object> values = new HashMap<>();
            int position = 2;
            for (Column column : table.columns()) {
                values.put(column.cell(), Values.get(row, position++));
            }
            return values;
        }
    }

    /** Returns the id of a row that no longer exists. */
    @Nullable
    UUID firstMissingIn(Connection after) throws SQLException {
        if (table == null || find == null) {
            return null;
        }
        try (Statement statement = find.getConnection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM main." + table.quoted());
                PreparedStatement still =
                        after.prepareStatement("SELECT 1 FROM main." + table.quoted() + " WHERE id = ?")) {
            while (rows.next()) {
                Object key = Values.get(rows, 1);
                Values.bindStored(still, 1, key);
                try (ResultSet found = still.executeQuery()) {
                    if (!found.next()) {
                        return key == null ? null : Values.uuid(key);
                    }
                }
            }
        }
        return null;
    }

    @Override
    public void close() throws SQLException {
        if (find != null) {
            find.close();
        }
    }
}
