package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.DatabaseOpenException;
import dev.tidemark.engine.Problem;
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
import dev.tidemark.engine.internal.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a step of the schema did to the rows of one synced table, by comparing them with what they were, and makes
 * changes of it (docs/correctness.md#r11). That survives any way of writing, the table's being built anew included.
 *
 * <p>Rows that are new, and cells that no write holds, become changes with a stamp below every person's. Where the state says
 * otherwise than the step (a row deleted by a person, a cell that waited for its column), the state holds; what the table
 * shows of it is put right at the end of the upgrade. Serves one transaction; not thread-safe.
 */
final class MigratedRows {
    /** The step, for sentences. */
    record Step(int number, String name) {}

    private final CellStore store;
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
        this.merge = merge;
        this.log = log;
        this.step = step;
        this.table = table;
        this.defaults = new StoredDefaults(store.statements().connection(), table).read();
    }

    /** Makes changes of all that differs. */
    void track(RowsBefore before) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT id");
        table.columns().forEach(column -> sql.append(", ").append(SyncedTable.quote(column.name())));
        long still = 0;
        try (Statement statement = store.statements().connection().createStatement();
                ResultSet rows = statement.executeQuery(sql + " FROM main." + table.quoted())) {
            while (rows.next()) {
                Object key = Values.get(rows, 1);
                Map<Integer, @Nullable Object> after = new HashMap<>();
                int position = 2;
                for (Column column : table.columns()) {
                    after.put(column.cell(), Values.get(rows, position++));
                }
                Map<Integer, @Nullable Object> was = before.find(key);
                still += was == null ? 0 : 1;
                compare(idOf(key), was, after);
            }
        }
        if (still < before.count()) {
            UUID gone = before.firstMissingIn(store.statements().connection());
            throw new DatabaseOpenException(
                    Problem.SCHEMA_ROW_TAKEN_AWAY, step.number(), step.name(), table.name(), gone);
        }
        restoreOverwritten();
    }

    private UUID idOf(@Nullable Object key) {
        UUID id = key == null ? null : Values.uuid(key);
        if (id == null || !Values.same(CellStore.idValue(table, id), key)) {
            throw new DatabaseOpenException(
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
            // Deleted or hidden, or it waits for its table: the row state knows better what is to be seen of it.
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
        Map<Integer, @Nullable Object> kept = row.wasWaiting() ? store.retained(row.table(), row.key()) : Map.of();
        BitSet cells = new BitSet();
        for (Column column : table.columns()) {
            int cell = column.cell();
            Write holder = row.state().winner(cell);
            if (holder == null) {
                cells.set(cell, !Values.same(after.get(cell), defaults.get(cell)));
            } else if (was.containsKey(cell)
                    && !kept.containsKey(cell)
                    && !Values.same(was.get(cell), after.get(cell))) {
                cells.set(cell, mayOverwrite(row, holder, column, was.get(cell)));
            }
        }
        if (!cells.isEmpty()) {
            Map<Integer, @Nullable Object> values = new HashMap<>(kept);
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

    /** What an earlier migration wrote may be overwritten; where a later one has been merged already, that stays. */
    private boolean mayOverwrite(TrackedRow row, Write holder, Column column, @Nullable Object was) {
        if (!HlcTimestamp.isFromMigration(holder.hlcTime())) {
            throw new DatabaseOpenException(
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

    /** Only now, as one does not change a table while reading it. */
    private void restoreOverwritten() throws SQLException {
        for (UUID id : notShown) {
            store.statements()
                    .update("DELETE FROM main." + table.quoted() + " WHERE id = ?", CellStore.idValue(table, id));
        }
        for (Restore restore : restored) {
            store.statements()
                    .update(
                            "UPDATE main." + table.quoted() + " SET "
                                    + SyncedTable.quote(restore.column().name()) + " = ? WHERE id = ?",
                            restore.value(),
                            CellStore.idValue(table, restore.id()));
        }
    }
}
