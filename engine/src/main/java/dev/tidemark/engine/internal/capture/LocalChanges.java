package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.engine.internal.codec.FormatLimits;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Builds the changes of one transaction and merges them into cell state. Most touched rows are new, so their cell state
 * need not be read. These rows are buffered, and many are stored at a time. One instance serves one transaction. Not
 * thread-safe.
 */
final class LocalChanges {
    private static final int MAX_WAITING = 512;

    private final CellStore store;
    private final CellMerge merge;
    private final LocalCommit.Author author;
    private final CausalContext context;
    private final List<Change> changes = new ArrayList<>();
    private final List<TouchedRow> newRows = new ArrayList<>();
    private long clock;

    LocalChanges(CellStore store, CellMerge merge, LocalCommit.Author author) {
        this.store = store;
        this.merge = merge;
        this.author = author;
        this.context = new CausalContext(author.seen().with(author.replica(), 0), Set.of());
        this.clock = author.clock();
    }

    LocalCommit.Outcome outcome() {
        return new LocalCommit.Outcome(changes, clock);
    }

    /** Adds the change of a row, if its values differ or a write of a cell is forced. */
    void add(TouchedRow touched, Set<Integer> forced) throws SQLException {
        if (touched.before() == null && touched.after() != null && forced.isEmpty()) {
            newRows.add(touched);
            if (newRows.size() >= MAX_WAITING) {
                flush();
            }
            return;
        }
        flush();
        if (touched.after() == null) {
            addAbsent(touched, forced);
            return;
        }
        BitSet cells = changedCells(touched);
        forced.stream().filter(cell -> cell >= 0).forEach(cells::set);
        if (!cells.isEmpty()) {
            write(touched, cells.get(RowState.EXISTS) ? Kind.INSERT : Kind.UPDATE, cells, forced.isEmpty());
        }
    }

    private void addAbsent(TouchedRow touched, Set<Integer> forced) throws SQLException {
        boolean resolved = forced.contains(RowState.EXISTS);
        if (touched.before() == null && forced.contains(Sibling.DELETE)) {
            write(touched, Kind.DELETE, new BitSet(), false);
        } else if (touched.before() == null && resolved && isHidden(touched)) {
            BitSet existence = new BitSet();
            existence.set(RowState.EXISTS);
            write(touched, Kind.INSERT, existence, false);
        } else if (touched.before() != null || resolved) {
            write(touched, Kind.DELETE, new BitSet(), !resolved);
        }
    }

    private boolean isHidden(TouchedRow touched) throws SQLException {
        return store.load(touched.table().number(), id(touched)).visibilityBefore() == Visibility.HIDDEN;
    }

    private static BitSet changedCells(TouchedRow touched) {
        @Nullable Object[] after = Objects.requireNonNull(touched.after());
        @Nullable Object @Nullable [] before = touched.before();
        BitSet cells = new BitSet();
        if (before == null) {
            cells.set(RowState.EXISTS);
        }
        for (int index = 0; index < after.length; index++) {
            if (before == null || !Values.areIdentical(before[index], after[index])) {
                cells.set(touched.table().columns().get(index).cell());
            }
        }
        return cells;
    }

    /** Stores the buffered rows, which are all of one table. */
    void flush() throws SQLException {
        if (newRows.isEmpty()) {
            return;
        }
        SyncedTable table = newRows.getFirst().table();
        BitSet cells = changedCells(newRows.getFirst());
        List<CellStore.NewRow> rows = new ArrayList<>(newRows.size());
        long time = clock;
        for (TouchedRow touched : newRows) {
            time = after(time);
            Write write =
                    new Write(author.number(), nextSequence() + rows.size(), time, clockOffsetOf(time), false, cells);
            rows.add(CellStore.NewRow.of(touched.key(), write));
        }
        boolean allNew = store.saveNew(table.number(), rows) == rows.size();
        for (TouchedRow touched : newRows) {
            if (allNew || isSavedAs(nextSequence(), touched)) {
                changes.add(change(touched, Kind.INSERT, cells, Map.of(), Set.of()));
            } else {
                write(touched, Kind.INSERT, (BitSet) cells.clone(), true);
            }
        }
        newRows.clear();
    }

    /** Returns whether {@link #flush} inserted the state of the row, because the row was unknown before. */
    private boolean isSavedAs(long sequence, TouchedRow touched) throws SQLException {
        Write creation =
                store.load(touched.table().number(), id(touched)).state().winner(RowState.EXISTS);
        return creation != null && creation.replica() == author.number() && creation.sequence() == sequence;
    }

    private void write(TouchedRow touched, Kind asked, BitSet cells, boolean keepsUnseen) throws SQLException {
        SyncedTable table = touched.table();
        TrackedRow row = store.load(table.number(), id(touched));
        Kind kind = asked;
        if (!row.isKnown() && touched.before() != null) {
            // Another program inserted the row without tracking. Other replicas do not know the row, so an edit becomes
            // an insert, and a delete needs no change.
            if (kind == Kind.DELETE) {
                return;
            }
            kind = Kind.INSERT;
            cells.set(RowState.EXISTS);
            table.columns().forEach(column -> cells.set(column.cell()));
        }
        UnseenWrites view = new UnseenWrites(store.names(), author.replica(), context);
        boolean again = kind == Kind.INSERT && row.visibilityBefore() == Visibility.DELETED;
        Set<Dot> unseen = Set.of();
        if (row.isKnown() && keepsUnseen) {
            Set<Integer> waiting = row.wasShown() && row.wasWaiting()
                    ? store.retained(row.table(), row.key()).keySet()
                    : Set.of();
            unseen = view.in(row, table, asked, cells, waiting);
        } else if (row.isKnown() && again) {
            unseen = view.siblings(row);
        }
        if (touched.before() != null && row.isKnown()) {
            row.setValues(valuesBefore(row, table, touched.before()));
        }
        Map<Integer, @Nullable Object> unknown =
                again && (unseen.isEmpty() || !keepsUnseen) ? unknownCells(row, table) : Map.of();
        unknown.keySet().forEach(cells::set);
        Change change = change(touched, kind, cells, unknown, unseen);
        Map<Integer, @Nullable Object> values = new HashMap<>(byCell(table, touched.after()));
        values.putAll(unknown);
        Write write = new Write(
                author.number(),
                change.dot().sequence(),
                change.hlcTime(),
                clockOffsetOf(change.hlcTime()),
                kind == Kind.DELETE,
                cells);
        merge.apply(
                row,
                write,
                values,
                (replica, sequence) -> change.hasSeen(new Dot(store.names().replicaId(replica), sequence)));
        if (touched.after() != null) {
            row.setVisibility(Visibility.SHOWN);
        } else if (kind == Kind.DELETE) {
            row.setVisibility(Visibility.DELETED);
        }
        store.retainValuesNotShown(row);
        if (row.visibilityBefore() == Visibility.HIDDEN && row.visibility() != Visibility.HIDDEN) {
            store.removeHidden(row);
        }
        store.save(row);
        changes.add(change);
    }

    /**
     * Returns the values of unknown columns. An insert of a deleted row writes them, too, because replicas that have
     * dropped the tombstone no longer have them.
     */
    private static Map<Integer, @Nullable Object> unknownCells(TrackedRow row, SyncedTable table) {
        Map<Integer, @Nullable Object> values = new HashMap<>();
        row.unknownCells(table).stream()
                .forEach(cell -> values.put(cell, row.values().get(cell)));
        return values;
    }

    /**
     * Returns the values before the transaction, including the values of waiting cells, which the table did not show.
     */
    private Map<Integer, @Nullable Object> valuesBefore(TrackedRow row, SyncedTable table, @Nullable Object[] before)
            throws SQLException {
        Map<Integer, @Nullable Object> values =
                row.wasWaiting() || !row.wasShown() ? store.retained(row.table(), row.key()) : new HashMap<>();
        byCell(table, before).forEach((cell, value) -> {
            boolean waits = row.wasShown() && values.containsKey(cell);
            if (row.state().winner(cell) != null && !waits) {
                values.put(cell, value);
            }
        });
        return values;
    }

    private static Map<Integer, @Nullable Object> byCell(SyncedTable table, @Nullable Object @Nullable [] values) {
        if (values == null) {
            return Map.of();
        }
        Map<Integer, @Nullable Object> byCell = HashMap.newHashMap(values.length);
        for (int index = 0; index < values.length; index++) {
            byCell.put(table.columns().get(index).cell(), values[index]);
        }
        return byCell;
    }

    /** @param unknown values of the cells whose columns this version does not know */
    private Change change(
            TouchedRow touched, Kind kind, BitSet cells, Map<Integer, @Nullable Object> unknown, Set<Dot> unseen) {
        clock = after(clock);
        Map<String, @Nullable Object> values = LinkedHashMap.newLinkedHashMap(cells.cardinality());
        @Nullable Object @Nullable [] after = touched.after();
        List<Column> columns = touched.table().columns();
        for (int index = 0; after != null && index < after.length; index++) {
            Column column = columns.get(index);
            if (cells.get(column.cell())) {
                values.put(column.name(), after[index]);
            }
        }
        unknown.forEach((cell, value) -> values.put(
                Objects.requireNonNull(store.names().cellName(touched.table().number(), cell)), value));
        Change change = new Change(
                new Dot(author.replica(), nextSequence()),
                author.head() + 1,
                clock,
                author.wallMillis(),
                unseen.isEmpty() ? context : new CausalContext(context.vector(), unseen),
                kind,
                touched.table().name(),
                id(touched),
                values);
        if (ChangeSize.isTooLarge(change)) {
            throw new TransactionException(
                    Problem.TRANSACTION_CHANGE_TOO_LARGE, change.table(), FormatLimits.CHANGE_BYTES >> 20);
        }
        return change;
    }

    /** Returns the clock value for the change after one with clock value {@code time}. */
    private long after(long time) {
        long next = Math.max(
                Math.max(time + 1, author.wallMillis() << HlcTimestamp.COUNTER_BITS), HlcTimestamp.FIRST_USER_TIME);
        if (!HlcTimestamp.isWellFormed(next)) {
            throw new TransactionException(Problem.TRANSACTION_CLOCK_EXHAUSTED);
        }
        return next;
    }

    private long clockOffsetOf(long time) {
        return (time >>> HlcTimestamp.COUNTER_BITS) - author.wallMillis();
    }

    private long nextSequence() {
        return author.head() + changes.size() + 1;
    }

    private static UUID id(TouchedRow touched) {
        return Objects.requireNonNull(touched.id());
    }
}
