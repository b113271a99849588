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
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the constant defaults of a table's columns as SQLite stores them: {@code REAL DEFAULT 1} is stored as 1.0. A
 * temporary table with the same types converts them.
 */
record StoredDefaults(Connection connection, SyncedTable table) {
    private static final String TABLE = "temp.tm_defaults";

    /** Returns the defaults by cell; {@code null} for columns without a constant default. */
    Map<Integer, @Nullable Object> read() throws SQLException {
        Map<Integer, @Nullable Object> defaults = new HashMap<>();
        if (table.columns().stream().allMatch(column -> column.defaultValue() == null)) {
            table.columns().forEach(column -> defaults.put(column.cell(), null));
            return defaults;
        }
        Map<String, String> types = types();
        String columns = table.columns().stream()
                .map(column -> "c" + column.cell() + " " + types.getOrDefault(column.name(), ""))
                .collect(Collectors.joining(", "));
        String places = table.columns().stream().map(column -> "?").collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TEMP TABLE tm_defaults(" + columns + ")");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (" + places + ")")) {
                int position = 1;
                for (Column column : table.columns()) {
                    Values.bindStored(insert, position++, column.defaultValue());
                }
                insert.executeUpdate();
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM " + TABLE)) {
                row.next();
                int position = 1;
                for (Column column : table.columns()) {
                    defaults.put(column.cell(), Values.get(row, position++));
                }
            }
            statement.executeUpdate("DROP TABLE " + TABLE);
        }
        return defaults;
    }

    /**
     * Returns the declared types, quoted. Only their affinity matters, which SQLite derives from the letters in the
     * name.
     */
    private Map<String, String> types() throws SQLException {
        Map<String, String> types = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA main.table_xinfo(" + table.quoted() + ")")) {
            while (rows.next()) {
                String type = rows.getString("type");
                types.put(rows.getString("name"), type == null ? "" : SyncedTable.quote(type.toUpperCase(Locale.ROOT)));
            }
        }
        return types;
    }
}
