package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the constant defaults of a table's columns as SQLite stores them: {@code REAL DEFAULT 1} is stored as 1.0. A
 * temporary table with the same types converts them.
 */
record StoredDefaults(Connection connection, SyncedTable table) {
    /** Returns the defaults by cell; {@code null} for columns without a constant default. */
    Map<Integer, @Nullable Object> read() throws SQLException {
        Map<Integer, @Nullable Object> defaults = new HashMap<>();
        if (table.columns().stream().allMatch(column -> column.defaultValue() == null)) {
            table.columns().forEach(column -> defaults.put(column.cell(), null));
            return defaults;
        }
        Map<String, String> types = types();
        String columns = table.columns().stream()
                .map(column -> ", c" + column.cell() + " " + types.getOrDefault(column.name(), ""))
                .collect(Collectors.joining());
        try (Statements statements = new Statements(connection)) {
            statements.update("CREATE TEMP TABLE tm_defaults(one" + columns + ")");
            String insert = "INSERT INTO temp.tm_defaults VALUES (1"
                    + ", ?".repeat(table.columns().size()) + ")";
            statements.update(
                    insert, table.columns().stream().map(Column::defaultValue).toArray());
            defaults.putAll(Objects.requireNonNull(statements.first("SELECT * FROM temp.tm_defaults", table::cells)));
            statements.update("DROP TABLE temp.tm_defaults");
        }
        return defaults;
    }

    /**
     * Returns the declared types, quoted. Only their affinity matters, which SQLite derives from the letters in the
     * name.
     */
    private Map<String, String> types() throws SQLException {
        Map<String, String> types = new HashMap<>();
        Statements.rows(
                connection,
                "SELECT name, coalesce(type, '') FROM pragma_table_xinfo(?)",
                row -> {
                    String type = row.getString(2);
                    return types.put(
                            row.getString(1), type.isEmpty() ? "" : SqlText.quote(type.toUpperCase(Locale.ROOT)));
                },
                table.name());
        return types;
    }
}
