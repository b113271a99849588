package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What records can be saved to: the columns of any table, and the statements for them. Not thread-safe. */
final class TableShapes {
    /** A statement that saves these columns of a record. */
    record Save(String sql, List<String> columns) {}

    private final Statements statements;
    private final Map<String, Shape> shapes = new HashMap<>();

    TableShapes(Statements statements) {
        this.statements = statements;
    }

    /** @throws QueryException if there is no such table, or it has no column id */
    Shape of(String table) {
        return shapes.computeIfAbsent(table, this::read);
    }

    private Shape read(String table) {
        try {
            Map<String, String> types = new HashMap<>();
            statements.list(
                    "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden = 0",
                    row -> types.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)),
                    table);
            String id = types.get("id");
            if (id == null) {
                throw new QueryException("There is no table " + table + " with a column id.");
            }
            return new Shape(table, types.keySet(), id.toUpperCase(Locale.ROOT).equals("TEXT"));
        } catch (SQLException e) {
            throw new QueryException("The table " + table + " could not be looked up: " + e.getMessage(), e);
        }
    }

    /** One table. */
    final class Shape {
        private final String table;
        private final Set<String> columns;
        private final boolean textIds;
        private final Map<Set<String>, Save> saves = new HashMap<>();

        private Shape(String table, Set<String> columns, boolean textIds) {
            this.table = table;
            this.columns = columns;
            this.textIds = textIds;
        }

        boolean textIds() {
            return textIds;
        }

        /** The statement for a record with these components. */
        Save save(Set<String> components) {
            return saves.computeIfAbsent(Set.copyOf(components), names -> make(components));
        }

        private Save make(Set<String> components) {
            List<String> saved = new ArrayList<>(components);
            saved.retainAll(columns);
            String names = saved.stream().map(SyncedTable::quote).collect(Collectors.joining(", "));
            String updates = saved.stream()
                    .filter(column -> !column.equals("id"))
                    .map(SyncedTable::quote)
                    .map(column -> column + " = excluded." + column)
                    .collect(Collectors.joining(", "));
            String sql = "INSERT INTO " + SyncedTable.quote(table) + "(" + names + ") VALUES (?"
                    + ", ?".repeat(saved.size() - 1) + ") ON CONFLICT(id) DO "
                    + (updates.isEmpty() ? "NOTHING" : "UPDATE SET " + updates);
            return new Save(sql, saved);
        }

        boolean isPresent(UUID id) throws SQLException {
            Object key = textIds ? id.toString() : dev.tidemark.engine.internal.codec.ChangeCodec.bytesOf(id);
            return statements.first(
                            "SELECT 1 FROM main." + SyncedTable.quote(table) + " WHERE id = ?", row -> true, key)
                    != null;
        }
    }
}
