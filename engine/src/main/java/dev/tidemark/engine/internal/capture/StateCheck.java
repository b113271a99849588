package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares cell state with the changelog. A write in cell state must equal its change; the winner of a cell must not be
 * older than any change of that cell; and every write above the floor must have a change. Rows that fail count as
 * damaged and are not repaired, because the repair could lose edits. One instance serves one pass. Not thread-safe.
 */
final class StateCheck {
    private static final int MAX_LINES = 20;
    private static final int FLAGS = TrackedRow.EDIT_DELETE_CONFLICT | TrackedRow.SIBLINGS;

    private final CellStore store;
    private final LogReader log;
    /** For each replica and sequence number, a hash of the row whose state contains that write; 0 if none does. */
    private final Map<Integer, int[]> confirmed = new HashMap<>();

    private final Set<String> damage = new LinkedHashSet<>();

    StateCheck(CellStore store, LogReader log) {
        this.store = store;
        this.log = log;
    }

    /** Returns one line for each damaged row, up to {@value #MAX_LINES}. */
    Set<String> damage() {
        return damage;
    }

    /** Compares a change of a known table with the state of its row. */
    void compare(int replica, Change change, SyncedTable table, TrackedRow row) throws SQLException {
        if (!row.isKnown() || change.kind() == Kind.SCHEMA || change.kind() == Kind.ERASED) {
            return;
        }
        BitSet cells = cells(change, table);
        Write held = null;
        for (Write write : row.state().writes()) {
            if (write.replica() == replica && write.sequence() == change.dot().sequence()) {
                held = write;
            }
        }
        if (held != null) {
            if (isWriteOf(held, change, cells) && retainsValues(row, held, change, table)) {
                confirm(replica, Math.toIntExact(change.dot().sequence()), hash(row.table(), row.id()));
            } else {
                report(table.name(), row.id());
            }
        }
        requireNewerWinners(replica, change, table, row, cells);
    }

    private BitSet cells(Change change, SyncedTable table) throws SQLException {
        BitSet cells = new BitSet();
        cells.set(RowState.EXISTS, change.kind() == Kind.INSERT);
        for (String column : change.values().keySet()) {
            cells.set(store.names().columnOf(table.number(), column).cell());
        }
        return cells;
    }

    private static boolean isWriteOf(Write write, Change change, BitSet cells) {
        boolean isSame = write.hlcTime() == change.hlcTime()
                && write.clockOffset() == change.timestamp().millis() - change.wallMillis()
                && write.isDelete() == (change.kind() == Kind.DELETE);
        int cell = write.next(0);
        while (isSame && cell >= 0) {
            isSame = cells.get(cell);
            cell = write.next(cell + 1);
        }
        return isSame;
    }

    /** Returns whether a row that is not shown retains the values of the change; true for a shown row. */
    private boolean retainsValues(TrackedRow row, Write held, Change change, SyncedTable table) throws SQLException {
        if (row.visibility() == Visibility.SHOWN) {
            return true;
        }
        Map<Integer, @Nullable Object> retained = row.values();
        for (Map.Entry<String, @Nullable Object> value : change.values().entrySet()) {
            int cell = store.names().columnOf(table.number(), value.getKey()).cell();
            if (held.wins(cell) && !Values.areIdentical(value.getValue(), retained.get(cell))) {
                return false;
            }
        }
        return true;
    }

    private void requireNewerWinners(int replica, Change change, SyncedTable table, TrackedRow row, BitSet cells) {
        Write same = new Write(
                replica, change.dot().sequence(), change.hlcTime(), 0, change.kind() == Kind.DELETE, new BitSet());
        if (change.kind() == Kind.DELETE) {
            Write delete = row.state().delete();
            if (delete != null && store.compareStamps(delete, same) < 0) {
                report(table.name(), row.id());
            }
        }
        for (int cell = cells.nextSetBit(0); cell >= 0; cell = cells.nextSetBit(cell + 1)) {
            Write winner = row.state().winner(cell);
            boolean isLost = winner == null && row.visibility() == Visibility.SHOWN;
            if (isLost || (winner != null && store.compareStamps(winner, same) < 0)) {
                report(table.name(), row.id());
            }
        }
    }

    /**
     * Finds writes and siblings without a change, and rows whose flags do not agree with their writes and siblings.
     * Called after all changes.
     */
    void requireChanges(Map<Integer, Long> heads, Map<Integer, Long> floors) throws SQLException {
        Statements statements = store.statements();
        List<StoredSibling> siblings = statements.list(
                "SELECT table_no, id, cell, replica_no, sequence, time, clock_offset, value FROM tm_sibling",
                StoredSibling::read);
        Map<RowKey, List<StoredSibling>> byRow = new HashMap<>();
        siblings.forEach(
                sibling -> byRow.computeIfAbsent(new RowKey(sibling.table(), sibling.row()), row -> new ArrayList<>())
                        .add(sibling));
        statements.list("SELECT table_no, id, cells, status FROM tm_row", row -> {
            RowKey key = new RowKey(row.getInt(1), ChangeCodec.idOf(row.getBytes(2)));
            List<Write> writes = RowState.unpack(row.getBytes(3)).writes();
            for (Write write : writes) {
                requireChange(key.table(), row.getBytes(2), write, heads, floors);
            }
            List<StoredSibling> of = byRow.remove(key);
            if ((row.getInt(4) & FLAGS) != flags(writes, of == null ? List.of() : of)) {
                report(tableName(key.table()), key.id());
            }
            return key;
        });
        byRow.keySet().forEach(key -> report(tableName(key.table()), key.id()));
        for (StoredSibling sibling : siblings) {
            requireChange(sibling, heads, floors);
        }
    }

    /**
     * Returns the flags that follow from the writes, whose marks say which of them were seen, and from the siblings.
     */
    private static int flags(List<Write> writes, List<StoredSibling> siblings) {
        boolean openDelete = writes.stream().anyMatch(write -> write.isDelete() && !write.isSeen())
                || siblings.stream().anyMatch(sibling -> sibling.cell() == Sibling.DELETE);
        boolean openEdit = writes.stream().anyMatch(write -> !write.isDelete() && !write.isSeen())
                || siblings.stream().anyMatch(sibling -> sibling.cell() != Sibling.DELETE);
        return (openDelete && openEdit ? TrackedRow.EDIT_DELETE_CONFLICT : 0)
                | (siblings.isEmpty() ? 0 : TrackedRow.SIBLINGS);
    }

    /** An entry of {@code tm_sibling} without its context. */
    private record StoredSibling(
            int table,
            UUID row,
            int cell,
            int replica,
            long sequence,
            long hlcTime,
            long clockOffset,
            @Nullable Object value) {
        static StoredSibling read(ResultSet row) throws SQLException {
            byte[] value = row.getBytes(8);
            return new StoredSibling(
                    row.getInt(1),
                    ChangeCodec.idOf(row.getBytes(2)),
                    row.getInt(3),
                    row.getInt(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7),
                    value == null ? null : CellStore.unpackValue(value));
        }
    }

    private void requireChange(StoredSibling sibling, Map<Integer, Long> heads, Map<Integer, Long> floors)
            throws SQLException {
        boolean isInLog = sibling.sequence() > floors.getOrDefault(sibling.replica(), 0L);
        boolean isKnown = sibling.sequence() <= heads.getOrDefault(sibling.replica(), 0L);
        Change change = isInLog && isKnown ? log.find(sibling.replica(), sibling.sequence()) : null;
        if (!isKnown || (isInLog && (change == null || !isSiblingOf(sibling, change)))) {
            report(tableName(sibling.table()), sibling.row());
        }
    }

    private boolean isSiblingOf(StoredSibling sibling, Change change) {
        if (!change.row().equals(sibling.row())
                || change.hlcTime() != sibling.hlcTime()
                || change.timestamp().millis() - change.wallMillis() != sibling.clockOffset()) {
            return false;
        }
        if (sibling.cell() == Sibling.DELETE) {
            return change.kind() == Kind.DELETE;
        }
        if (sibling.cell() == RowState.EXISTS) {
            return change.kind() == Kind.INSERT;
        }
        String column = store.names().cellName(sibling.table(), sibling.cell());
        return column != null
                && change.values().containsKey(column)
                && Values.areIdentical(change.values().get(column), sibling.value());
    }

    private void requireChange(
            int table, byte[] key, Write write, Map<Integer, Long> heads, Map<Integer, Long> floors) {
        long sequence = write.sequence();
        boolean isInLog = sequence > floors.getOrDefault(write.replica(), 0L);
        boolean isKnown = sequence > 0 && sequence <= heads.getOrDefault(write.replica(), 0L);
        boolean isTracked = store.catalog().numbered(table) != null;
        UUID row = ChangeCodec.idOf(key);
        if (!isKnown || (isInLog && isTracked && !isConfirmed(write, hash(table, row)))) {
            report(tableName(table), row);
        }
    }

    private void confirm(int replica, int sequence, int row) {
        int[] rows = confirmed.getOrDefault(replica, new int[0]);
        if (sequence >= rows.length) {
            rows = Arrays.copyOf(rows, sequence + sequence / 2 + 1);
            confirmed.put(replica, rows);
        }
        rows[sequence] = row;
    }

    private boolean isConfirmed(Write write, int row) {
        int[] rows = confirmed.get(write.replica());
        return rows != null && write.sequence() < rows.length && rows[(int) write.sequence()] == row;
    }

    private static int hash(int table, UUID row) {
        return (31 * row.hashCode() + table) | 1;
    }

    private String tableName(int number) {
        SyncedTable table = store.catalog().numbered(number);
        return table == null ? "unknown table " + number : table.name();
    }

    private void report(String table, @Nullable UUID row) {
        if (damage.size() < MAX_LINES) {
            damage.add("The state of row " + Objects.requireNonNullElse(row, "?") + " of " + table
                    + " does not agree with its changes");
        }
    }
}
