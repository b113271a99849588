package dev.tidemark.engine.internal.schema;

import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a synced table. Immutable.
 *
 * @param number the table's number in the dictionary
 * @param name the table's name as the application declared it
 * @param textIds whether ids are stored as the text of a UUID, and not as 16 bytes
 * @param columns the tracked columns, which are all except the id and generated columns
 * @param parents the foreign keys to synced tables
 * @param uniqueKeys the unique keys except the id
 */
public record SyncedTable(
        int number,
        String name,
        boolean textIds,
        List<Column> columns,
        List<Parent> parents,
        List<UniqueKey> uniqueKeys) {

    /**
     * A tracked column.
     *
     * @param cell the column's number within the table, from 1
     * @param type the class of the column's values if the table is STRICT; {@link Object} if it takes any values
     * @param constantDefault whether absent cells read as {@code defaultValue} on every replica
     */
    public record Column(
            int cell,
            String name,
            Class<?> type,
            boolean notNull,
            boolean constantDefault,
            @Nullable Object defaultValue) {

        /** Returns whether the column can store the value unchanged. It can always store NULL. */
        public boolean accepts(@Nullable Object value) {
            return value == null || type.isInstance(value);
        }

        /**
         * Returns the value that the table shows for a cell: its value, or the default if the column cannot store the
         * value.
         */
        public @Nullable Object valueOrDefault(@Nullable Object value) {
            return accepts(value) ? value : defaultValue;
        }
    }

    /** A foreign key to the id of a synced table. */
    public record Parent(Column column, String table) {}

    /**
     * A unique key.
     *
     * @param collations the collation of each column: BINARY, NOCASE or RTRIM
     */
    public record UniqueKey(List<Column> columns, List<String> collations) {}

    public Map<Integer, Column> byCell() {
        return columns.stream().collect(Collectors.toMap(Column::cell, Function.identity()));
    }

    public String quoted() {
        return SqlText.quote(name);
    }

    /** Returns the names of all columns for SQL, each after a comma and this prefix. */
    public String selected(String prefix) {
        return columns.stream()
                .map(column -> ", " + prefix + SqlText.quote(column.name()))
                .collect(Collectors.joining());
    }

    /** Reads the values by cell from a result row with all columns, as in {@link #selected}, after its first column. */
    public Map<Integer, @Nullable Object> cells(ResultSet row) throws SQLException {
        Map<Integer, @Nullable Object> cells = HashMap.newHashMap(columns.size());
        int position = 2;
        for (Column column : columns) {
            cells.put(column.cell(), Values.get(row, position++));
        }
        return cells;
    }

    /** Returns SQL that converts a 16-byte key to the form of the table's id column. */
    public String idOfKey(String key) {
        if (!textIds) {
            return key;
        }
        String hex = "lower(hex(" + key + "))";
        return "substr(" + hex + ", 1, 8) || '-' || substr(" + hex + ", 9, 4) || '-' || substr(" + hex
                + ", 13, 4) || '-' || substr(" + hex + ", 17, 4) || '-' || substr(" + hex + ", 21)";
    }
}
