package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the writes of a schema step to one synced table by comparing all rows with their values before the step, and
 * turns them into changes (docs/correctness.md#r11, decision 6). This works for any kind of statement, including a
 * rebuild of the table.
 *
 * <p>New rows, and new values of cells that had no write, become changes with timestamps below those of all users'
 * writes. If a row was deleted by a user, or a cell waited for its column, cell state wins over the step, and {@link
 * WaitingRows} corrects the table at the end of the upgrade. One instance serves one transaction. Not thread-safe.
 */
final class MigratedRows {
    /** Number and name of the step, for error messages. */
    record Step(int number, String name) {}

    private final CellStore store;
    private final Statements statements;
    private final CellMerge merge;
    private final MigrationLog log;
    private final Step step;
    private final SyncedTable table;
    private final Map<Integer, @Nullable Object> defaults;
    private final List<UUID> notShown = new ArrayList<>();
    private final List<Restore> restored = new ArrayList<>();

    private record Restore(UUID id, Column column, @Nullable Object value) {}

    MigratedRows(CellStore store, CellMerge merge, MigrationLog log, Step step, SyncedTable table) throws SQLException {
        this.store = store;
        this.statements = store.statements();
        this.merge = merge;
        this.log = log;
        this.step = step;
        this.table = table;
        this.defaults = new StoredDefaults(statements.connection(), table).read();
    }

    void track(RowsBefore before) throws SQLException {

        long still = 0;
        try (Statement statement = statements.connection().createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id" + table.selected("") + " FROM main." + table.quoted())) {
            while (rows.next()) {
                Object key = Values.get(rows, 1);
                Map<Integer, @Nullable Object> after = table.cells(rows);

                Map<Integer, @Nullable Object> was = before.find(key);
                still += was == null ? 0 : 1;
                compare(idOf(key), was, after);
            }
        }
        if (still < before.count()) {
            UUID gone = before.firstMissingIn(statements.connection());
            throw new Database.OpenException(
                    Problem.SCHEMA_ROW_TAKEN_AWAY, step.number(), step.name(), table.name(), gone);
        }
        restoreOverwritten();
    }

    private UUID idOf(@Nullable Object key) {
        UUID id = key == null ? null : Values.uuid(key);
        if (id == null || !Values.areIdentical(CellStore.idValue(table, id), key)) {
            throw new Database.OpenException(
                    Problem.TRANSACTION_ID_MALFORMED, table.name(), table.textIds() ? "text" : "16 bytes");
        }
        return id;
    }

    private void compare(UUID id, @Nullable Map<Integer, @Nullable Object> was, Map<Integer, @Nullable Object> after)
            throws SQLException {
        TrackedRow row = store.load(table.number(), id);
        if (!row.isKnown()) {
            write(row, Kind.INSERT, allCells(), after);
            row.setVisibility(Visibility.SHOWN);
            store.save(row);
        } else if (was != null && row.wasShown()) {
            compareShown(row, was, after);
        } else {
            // The row is deleted or hidden, or waits for its table. Cell state decides what the table shows of the row.
            write(row, Kind.INSERT, allCells(), after);
            notShown.add(id);
            row.setVisibility(row.wasShown() ? Visibility.HIDDEN : row.visibility());
            store.retainValuesNotShown(row);
            row.setWaiting(true);
            store.save(row);
        }
    }

    private BitSet allCells() {
        BitSet cells = new BitSet();
        cells.set(RowState.EXISTS);
        table.columns().forEach(column -> cells.set(column.cell()));
        return cells;
    }

    private void compareShown(TrackedRow row, Map<Integer, @Nullable Object> was, Map<Integer, @Nullable Object> after)
            throws SQLException {
        Map<Integer, @Nullable Object> retained = row.wasWaiting() ? store.retained(row.table(), row.key()) : Map.of();
        BitSet cells = new BitSet();
        for (Column column : table.columns()) {
            int cell = column.cell();
            Write holder = row.state().winner(cell);
            if (holder == null) {
                cells.set(cell, !Values.areIdentical(after.get(cell), defaults.get(cell)));
            } else if (was.containsKey(cell)
                    && !retained.containsKey(cell)
                    && !Values.areIdentical(was.get(cell), after.get(cell))) {
                cells.set(cell, mayOverwrite(row, holder, column, was.get(cell)));
            }
        }
        if (!cells.isEmpty()) {
            Map<Integer, @Nullable Object> values = new HashMap<>(retained);
            was.forEach((cell, value) -> {
                if (row.state().winner(cell) != null) {
                    values.putIfAbsent(cell, value);
                }
            });
            row.setValues(values);
            write(row, Kind.UPDATE, cells, after);
            store.save(row);
        }
    }

    /**
     * Returns whether the step's value wins. A step may overwrite the value of an earlier migration, but not the value
     * of a later migration that was already merged from another device.
     */
    private boolean mayOverwrite(TrackedRow row, Write holder, Column column, @Nullable Object was) {
        if (!HlcTimestamp.isFromMigration(holder.hlcTime())) {
            throw new Database.OpenException(
                    Problem.SCHEMA_CELL_OVERWRITTEN, step.number(), step.name(), table.name(), column.name(), row.id());
        }
        boolean wins = log.winsAgainst(holder, store.names().replicaId(holder.replica()));
        if (!wins) {
            restored.add(new Restore(row.id(), column, was));
        }
        return wins;
    }

    private void write(TrackedRow row, Kind kind, BitSet cells, Map<Integer, @Nullable Object> after)
            throws SQLException {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            if (cells.get(column.cell())) {
                values.put(column.name(), after.get(column.cell()));
            }
        }
        Write write = log.addRow(kind, table.name(), row.id(), cells, values);
        merge.apply(row, write, after, (replica, sequence) -> false);
    }

    /** Undoes the step's writes that lost. It is called last, because a table must not change while it is read. */
    private void restoreOverwritten() throws SQLException {
        for (UUID id : notShown) {
            statements.update("DELETE FROM main." + table.quoted() + " WHERE id = ?", CellStore.idValue(table, id));
        }
        for (Restore restore : restored) {
            statements.update(
                    "UPDATE main." + table.quoted() + " SET "
                            + SqlText.quote(restore.column().name()) + " = ? WHERE id = ?",
                    restore.value(),
                    CellStore.idValue(table, restore.id()));
        }
    }

    /**
     * Reads the constant defaults of a table's columns as SQLite stores them: {@code REAL DEFAULT 1} is stored as 1.0.
     * A temporary table with the same types converts them.
     */
    private record StoredDefaults(Connection connection, SyncedTable table) {
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
                        insert,
                        table.columns().stream().map(Column::defaultValue).toArray());
                defaults.putAll(
                        Objects.requireNonNull(statements.first("SELECT * FROM temp.tm_defaults", table::cells)));
                statements.update("DROP TABLE temp.tm_defaults");
            }
            return defaults;
        }

        /**
         * Returns the declared type of each column, quoted. Only the affinity of a type matters, which SQLite derives
         * from the letters in the type's name.
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
}
