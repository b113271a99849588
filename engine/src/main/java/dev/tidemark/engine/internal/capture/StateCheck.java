package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Compares cell state with the changelog. A write in cell state must equal its change; the write of a cell must not be
 * older than any change of that cell; and every write above the floor must have a change. Rows whose state fails are
 * damaged: a repair that trusts either side could lose edits. One instance serves one pass. Not thread-safe.
 */
final class StateCheck {
    private static final int MAX_LINES = 20;

    private final CellStore store;
    private final Map<Integer, BitSet> confirmed = new HashMap<>();
    private final Set<String> damage = new LinkedHashSet<>();

    StateCheck(CellStore store) {
        this.store = store;
    }

    /** One line for each damaged row. */
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
                confirmed
                        .computeIfAbsent(replica, none -> new BitSet())
                        .set(Math.toIntExact(change.dot().sequence()));
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

    /** Returns whether the values of a row that is not shown are those of the change. */
    private boolean retainsValues(TrackedRow row, Write held, Change change, SyncedTable table) throws SQLException {
        if (row.visibility() == Visibility.SHOWN) {
            return true;
        }
        Map<Integer, @Nullable Object> retained = row.values();
        for (Map.Entry<String, @Nullable Object> value : change.values().entrySet()) {
            int cell = store.names().columnOf(table.number(), value.getKey()).cell();
            if (held.holds(cell) && !Values.same(value.getValue(), retained.get(cell))) {
                return false;
            }
        }
        return true;
    }

    private void requireNewerWinners(int replica, Change change, SyncedTable table, TrackedRow row, BitSet cells) {
        Write same = new Write(
                replica,
                change.dot().sequence(),
                change.hlcTime(),
                0,
                change.kind() == Kind.DELETE,
                new BitSet());
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

    /** Finds writes and siblings without a change. Called after all changes. */
    void requireChanges(Map<Integer, Long> heads, Map<Integer, Long> floors) throws SQLException {
        Statements statements = store.statements();
        statements.list(
                "SELECT table_no, id, cells FROM tm_row",
                row -> {
                    int table = row.getInt(1);
                    for (Write write : RowState.unpack(row.getBytes(3)).writes()) {
                        requireChange(table, row.getBytes(2), write, heads, floors);
                    }
                    return table;
                });
        statements.list(
                "SELECT table_no, id, cell, replica_no, sequence FROM tm_sibling",
                row -> {
                    boolean isKnown = row.getInt(3) >= Sibling.DELETE
                            && row.getLong(5) <= heads.getOrDefault(row.getInt(4), 0L);
                    if (!isKnown) {
                        report(tableName(row.getInt(1)), ChangeCodec.idOf(row.getBytes(2)));
                    }
                    return isKnown;
                });
    }

    private void requireChange(
            int table, byte[] key, Write write, Map<Integer, Long> heads, Map<Integer, Long> floors) {
        long sequence = write.sequence();
        boolean isInLog = sequence > floors.getOrDefault(write.replica(), 0L);
        boolean isKnown = sequence > 0 && sequence <= heads.getOrDefault(write.replica(), 0L);
        boolean isTracked = store.catalog().numbered(table) != null;
        if (!isKnown || (isInLog && isTracked && !isConfirmed(write))) {
            report(tableName(table), ChangeCodec.idOf(key));
        }
    }

    private boolean isConfirmed(Write write) {
        BitSet sequences = confirmed.get(write.replica());
        return sequences != null && sequences.get(Math.toIntExact(write.sequence()));
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
