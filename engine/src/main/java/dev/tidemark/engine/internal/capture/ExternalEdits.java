package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.Maintenance.Difference.Kind;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.codec.FormatException;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows of synced tables that differ from their changes, because another program wrote them without the triggers,
 * or because bytes are damaged (decision 82). {@link #detect} records these rows as edits of the current transaction;
 * {@link #expected} returns the rows as their changes wrote them. Compares the tables with cell state, and the values
 * of cells with the changelog. A value whose change was truncated cannot be compared and counts as unedited. One
 * instance serves one transaction. Not thread-safe.
 */
public final class ExternalEdits {
    private static final String SHOWN = "(r.status & 7) = " + Visibility.SHOWN.code();

    private final CellStore store;
    private final LogReader log;
    private final TouchedRows touched;
    private final Statements statements;
    private final StateCheck state;

    public ExternalEdits(CellStore store, LogReader log, TouchedRows touched) {
        this.store = store;
        this.log = log;
        this.touched = touched;
        this.statements = store.statements();
        this.state = new StateCheck(store, log);
    }

    public record EditCounts(long inserted, long changed, long deleted) {
        public static final EditCounts NOTHING = new EditCounts(0, 0, 0);
    }

    /** Records all external edits. The commit turns them into changes of this replica. */
    public EditCounts detect() throws SQLException {
        List<Maintenance.Difference> found = find();
        return new EditCounts(count(found, Kind.INSERTED), count(found, Kind.CHANGED), count(found, Kind.DELETED));
    }

    private static long count(List<Maintenance.Difference> found, Kind kind) {
        return found.stream().filter(each -> each.kind() == kind).count();
    }

    /**
     * Finds all external edits, and changes nothing in the database.
     *
     * @throws FormatException if the state of rows does not agree with their changes
     */
    public List<Maintenance.Difference> find() throws SQLException {
        compareWithLog();
        requireSoundState();
        List<Maintenance.Difference> found = new ArrayList<>();
        for (SyncedTable table : store.catalog().tables()) {
            detectDeletedRows(table);
            detectInsertedRows(table);
            detectFilledDefaults(table);
            for (TouchedRow row : touched.of(table, statements)) {
                Kind kind = row.before() == null ? Kind.INSERTED : row.after() == null ? Kind.DELETED : Kind.CHANGED;
                found.add(new Maintenance.Difference(table.name(), row.id(), kind));
            }
        }
        return found;
    }

    /**
     * A row that {@link #find} has found, as its changes wrote it.
     *
     * @param storedId the id as the table stores it
     * @param id the id; {@code null} if the stored value is not a valid id
     * @param values the values by cell; {@code null} if the changes show no such row
     */
    public record Expected(
            SyncedTable table,
            Object storedId,
            @Nullable UUID id,
            @Nullable Map<Integer, @Nullable Object> values) {}

    /**
     * Returns the rows that {@link #find} has found, as their changes wrote them. Leaves out a deleted row if one of
     * the changes that wrote its values was truncated.
     */
    public List<Expected> expected() throws SQLException {
        List<Expected> rows = new ArrayList<>();
        for (SyncedTable table : store.catalog().tables()) {
            for (TouchedRow row : touched.of(table, statements)) {
                UUID id = row.id();
                Map<Integer, @Nullable Object> values = row.before() == null || id == null ? null : values(row, id);
                if (row.before() == null || values != null) {
                    rows.add(new Expected(table, row.storedId(), id, values));
                }
            }
        }
        return rows;
    }

    private @Nullable Map<Integer, @Nullable Object> values(TouchedRow row, UUID id) throws SQLException {
        TrackedRow state = store.load(row.table().number(), id);
        Map<Integer, @Nullable Object> values = store.retained(state.table(), state.key());
        @Nullable Object[] before = Objects.requireNonNull(row.before());
        for (int index = 0; index < before.length; index++) {
            int cell = row.table().columns().get(index).cell();
            Write write = state.state().winner(cell);
            if (write != null && row.after() == null && log.find(write.replica(), write.sequence()) == null) {
                return null;
            }
            if (write != null && !values.containsKey(cell)) {
                values.put(cell, before[index]);
            }
        }
        return values;
    }

    private void requireSoundState() throws SQLException {
        Map<Integer, Long> floors = new HashMap<>();
        statements.list("SELECT no, floor FROM tm_replica", row -> floors.put(row.getInt(1), row.getLong(2)));
        state.requireChanges(log.heads(), floors);
        if (!state.damage().isEmpty()) {
            throw new FormatException(String.join("\n", state.damage()));
        }
    }

    private void compareWithLog() throws SQLException {
        for (Map.Entry<Integer, Long> head : log.heads().entrySet()) {
            for (long next = 1; next <= head.getValue(); ) {
                List<Change> changes = log.readFrom(head.getKey(), next);
                for (Change change : changes) {
                    compare(head.getKey(), change);
                }
                next = changes.isEmpty()
                        ? head.getValue() + 1
                        : changes.getLast().dot().sequence() + 1;
            }
        }
    }

    /** Compares the values of a change with the values in the table, for the cells that the change wins. */
    private void compare(int replica, Change change) throws SQLException {
        SyncedTable table = store.catalog().named(change.table());
        if (table == null) {
            return;
        }
        TrackedRow row = store.load(table.number(), change.row());
        state.compare(replica, change, table, row);
        if (change.values().isEmpty()) {
            return;
        }
        Write write = row.visibility() == Visibility.SHOWN ? find(row, replica, change) : null;
        if (write == null) {
            return;
        }
        @Nullable
        Object @Nullable [] now = TouchedRows.current(table, CellStore.idValue(table, change.row()), statements);
        for (int index = 0; index < table.columns().size(); index++) {
            Column column = table.columns().get(index);
            if (write.wins(column.cell())) {
                Object expected = column.valueOrDefault(change.values().get(column.name()));
                if (now == null || !Values.areIdentical(expected, now[index])) {
                    recordBefore(table, CellStore.idValue(table, change.row()), now, index, expected);
                }
            }
        }
    }

    private static @Nullable Write find(TrackedRow row, int replica, Change change) {
        return row.state().writes().stream()
                .filter(write -> write.replica() == replica
                        && write.sequence() == change.dot().sequence())
                .findFirst()
                .orElse(null);
    }

    private void recordBefore(
            SyncedTable table, Object id, @Nullable Object @Nullable [] now, int index, @Nullable Object expected) {
        TouchedRow row = touched.touch(table, id);
        if (row.isNew()) {
            row.setBefore(now == null ? new @Nullable Object[table.columns().size()] : now.clone());
            row.setAfter(now);
        }
        @Nullable Object @Nullable [] before = row.before();
        if (before != null) {
            before[index] = expected;
        }
    }

    /** Finds rows that cell state marks as shown but the table does not contain. */
    private void detectDeletedRows(SyncedTable table) throws SQLException {
        List<Object> missing = statements.list(
                "SELECT r.id FROM tm_row r WHERE r.table_no = ? AND " + SHOWN + " AND NOT EXISTS (SELECT 1 FROM main."
                        + table.quoted() + " t WHERE t.id = " + table.idOfKey("r.id") + ")",
                row -> CellStore.idValue(table, ChangeCodec.idOf(row.getBytes(1))),
                table.number());
        for (Object id : missing) {
            TouchedRow row = touched.touch(table, id);
            if (row.isNew()) {
                row.setBefore(new @Nullable Object[table.columns().size()]);
                row.setAfter(null);
            }
        }
    }

    /** Finds rows that the table contains but cell state does not mark as shown. */
    private void detectInsertedRows(SyncedTable table) throws SQLException {
        statements.list(
                "SELECT t.id" + table.selected("t.") + " FROM main." + table.quoted()
                        + " t LEFT JOIN tm_row r ON r.table_no = ?" + " AND r.id = " + keyOfId(table)
                        + " WHERE r.id IS NULL OR NOT " + SHOWN,
                found -> {
                    TouchedRow row = touched.touch(table, storedId(found));
                    row.setBefore(null);
                    row.setAfter(TouchedRows.values(table, found));
                    return found;
                },
                table.number());
    }

    /** Finds cells without a write whose value differs from the column's default. */
    private void detectFilledDefaults(SyncedTable table) throws SQLException {
        statements.list(
                "SELECT t.id" + table.selected("t.") + ", r.cells FROM main." + table.quoted()
                        + " t JOIN tm_row r ON r.table_no = ? AND r.id = " + keyOfId(table) + " WHERE " + SHOWN,
                found -> {
                    RowState state =
                            RowState.unpack(found.getBytes(table.columns().size() + 2));
                    @Nullable Object[] now = TouchedRows.values(table, found);
                    for (int index = 0; index < now.length; index++) {
                        Column column = table.columns().get(index);
                        if (state.winner(column.cell()) == null
                                && column.constantDefault()
                                && !Values.areIdentical(column.defaultValue(), now[index])) {
                            recordBefore(table, storedId(found), now, index, column.defaultValue());
                        }
                    }
                    return found;
                },
                table.number());
    }

    private static Object storedId(ResultSet row) throws SQLException {
        return Objects.requireNonNull(Values.get(row, 1), "An id is NULL although its column is NOT NULL");
    }

    /** Returns the SQL expression for the key in {@code tm_row} of a row {@code t} of the table. */
    private static String keyOfId(SyncedTable table) {
        return table.textIds() ? "unhex(replace(t.id, '-', ''))" : "t.id";
    }
}
