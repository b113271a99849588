package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a table as they were before a schema step. Uses a second connection, which does not see the step's
 * open transaction, so nothing is copied. Not thread-safe.
 */
record RowsBefore(@Nullable SyncedTable table, @Nullable PreparedStatement find, long count) implements AutoCloseable {
    /** Returns an empty instance, for a table whose rows are all untracked. */
    static RowsBefore none() {
        return new RowsBefore(null, null, 0);
    }

    /** @param before a connection that does not see the step's changes */
    static RowsBefore of(Connection before, SyncedTable table) throws SQLException {
        String from = " FROM main." + table.quoted();
        PreparedStatement find = before.prepareStatement("SELECT 1" + table.selected("") + from + " WHERE id = ?");
        return new RowsBefore(
                table,
                find,
                Statements.rows(before, "SELECT count(*)" + from, row -> row.getLong(1))
                        .getFirst());
    }

    /** Returns the row's values by cell, or {@code null} if the row did not exist. */
    @Nullable
    Map<Integer, @Nullable Object> find(@Nullable Object key) throws SQLException {
        if (table == null || find == null) {
            return null;
        }
        Values.bindStored(find, 1, key);
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? table.cells(row) : null;
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
