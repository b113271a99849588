package dev.tidemark.engine.internal.capture;

import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.Context;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Stamp;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns what one transaction did to synced tables into changes, and takes them into the cell state. One instance serves one
 * connection; not thread-safe.
 */
public final class LocalCommit {
    /** Who writes, when, and knowing what. */
    public record Author(ReplicaId replica, int number, long head, long clock, long wallMillis, VersionVector seen) {}

    /**
     * What came of a transaction.
     *
     * @param changes the changes, in sequence
     * @param clock the clock after the last of them
     * @param rows the rows changed, stored
     */
    public record Outcome(List<Change> changes, long clock, List<TrackedRow> rows) {}

    private final CellStore store;
    private final CellMerge merge;
    private final List<SyncedTable> tables;
    private final Map<SyncedTable, Map<UUID, Set<Integer>>> forced = new HashMap<>();

    public LocalCommit(CellStore store, CellMerge merge) {
        this.store = store;
        this.merge = merge;
        this.tables = List.copyOf(store.catalog().tables());
    }

    /** Has a cell written in this transaction although its value stays; {@link RowState#EXISTS} stands for the row. */
    public void force(SyncedTable table, UUID id, int cell) {
        forced.computeIfAbsent(table, key -> new LinkedHashMap<>())
                .computeIfAbsent(id, key -> new TreeSet<>())
                .add(cell);
    }

    /** Forgets what the transaction noted; for after a rollback, which undoes the notes in the temporary tables. */
    public void forget() {
        forced.clear();
    }

    /** Forgets rows touched since {@link #collect}: what the engine itself showed or took out is no change. */
    public void forgetTouched() throws SQLException {
        for (SyncedTable table : tables) {
            store.statements().update("DELETE FROM temp." + CaptureTriggers.before(table));
        }
    }

    /** Works out the changes of the transaction so far, takes them into the cell state, and forgets the notes. */
    public Outcome collect(Author author) throws SQLException {
        Builder builder = new Builder(author);
        for (SyncedTable table : tables) {
            Map<UUID, Set<Integer>> open = new LinkedHashMap<>(forced.getOrDefault(table, Map.of()));
            for (TouchedRow row : touched(table)) {
                Set<Integer> cells = open.remove(row.id());
                builder.add(row, cells == null ? Set.of() : cells);
            }
            for (Map.Entry<UUID, Set<Integer>> only : open.entrySet()) {
                Map<Integer, @Nullable Object> now = current(table, only.getKey());
                builder.add(new TouchedRow(table, only.getKey(), now, now), only.getValue());
            }
        }
        forced.clear();
        return builder.finish();
    }

    private List<TouchedRow> touched(SyncedTable table) throws SQLException {
        String note = "temp." + CaptureTriggers.before(table);
        List<TouchedRow> rows = store.statements().list(touchedSql(table, note), row -> readTouched(table, row));
        if (!rows.isEmpty()) {
            store.statements().update("DELETE FROM " + note);
        }
        return rows;
    }

    private static String touchedSql(SyncedTable table, String note) {
        StringBuilder sql = new StringBuilder("SELECT b.id, b.was, t.id IS NOT NULL");
        table.columns().forEach(column -> sql.append(", t.").append(SyncedTable.quote(column.name())));
        table.columns().forEach(column -> sql.append(", b.c").append(column.cell()));
        return sql.append(" FROM ")
                .append(note)
                .append(" b LEFT JOIN main.")
                .append(table.quoted())
                .append(" t ON t.id = b.id")
                .toString();
    }

    private static TouchedRow readTouched(SyncedTable table, ResultSet row) throws SQLException {
        int width = table.columns().size();
        boolean was = row.getInt(2) != 0;
        boolean is = row.getInt(3) != 0;
        return new TouchedRow(
                table,
                idOf(table, Values.get(row, 1)),
                was ? values(table, row, 4 + width) : null,
                is ? values(table, row, 4) : null);
    }

    private static Map<Integer, @Nullable Object> values(SyncedTable table, ResultSet row, int position)
            throws SQLException {
        Map<Integer, @Nullable Object> values =
                HashMap.newHashMap(table.columns().size());
        int next = position;
        for (Column column : table.columns()) {
            values.put(column.cell(), Values.get(row, next++));
        }
        return values;
    }

    private @Nullable Map<Integer, @Nullable Object> current(SyncedTable table, UUID id) throws SQLException {
        StringBuilder sql = new StringBuilder("SELECT id");
        table.columns().forEach(column -> sql.append(", ").append(SyncedTable.quote(column.name())));
        return store.statements()
                .first(
                        sql + " FROM main." + table.quoted() + " WHERE id = ?",
                        row -> values(table, row, 2),
                        CellStore.idValue(table, id));
    }

    private static UUID idOf(SyncedTable table, @Nullable Object value) {
        if (!table.textIds() && value instanceof byte[] bytes && bytes.length == 16) {
            return ChangeCodec.idOf(bytes);
        }
        if (table.textIds() && value instanceof String text && isCanonical(text)) {
            return UUID.fromString(text);
        }
        String form = table.textIds() ? "a UUID as lowercase text" : "a UUID of 16 bytes";
        throw new TransactionException("The id of a row in " + table.name() + " is not " + form + ".");
    }

    private static boolean isCanonical(String text) {
        return text.matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    }

    /** Makes the changes of one transaction. */
    private final class Builder {
        private final Author author;
        private final Context context;
        private final List<Change> changes = new ArrayList<>();
        private final List<TrackedRow> rows = new ArrayList<>();
        private final long now;
        private long clock;

        Builder(Author author) {
            this.author = author;
            this.context = new Context(author.seen().with(author.replica(), 0), Set.of());
            this.clock = author.clock();
            this.now = author.wallMillis() << Stamp.COUNTER_BITS;
        }

        Outcome finish() {
            return new Outcome(changes, clock, rows);
        }

        void add(TouchedRow touched, Set<Integer> forcedCells) throws SQLException {
            Map<Integer, @Nullable Object> before = touched.before();
            Map<Integer, @Nullable Object> after = touched.after();
            if (after == null) {
                boolean resolved = forcedCells.contains(RowState.EXISTS);
                if (before == null && resolved && isHidden(touched)) {
                    BitSet existence = new BitSet();
                    existence.set(RowState.EXISTS);
                    write(touched, Kind.INSERT, existence, false);
                } else if (before != null || resolved) {
                    write(touched, Kind.DELETE, new BitSet(), !resolved);
                }
                return;
            }
            BitSet cells = new BitSet();
            forcedCells.forEach(cells::set);
            if (before == null) {
                cells.set(RowState.EXISTS);
            }
            for (Integer cell : after.keySet()) {
                if (before == null || !Values.same(before.get(cell), after.get(cell))) {
                    cells.set(cell);
                }
            }
            if (!cells.isEmpty()) {
                Kind kind = cells.get(RowState.EXISTS) ? Kind.INSERT : Kind.UPDATE;
                write(touched, kind, cells, forcedCells.isEmpty());
            }
        }

        private boolean isHidden(TouchedRow touched) throws SQLException {
            return store.load(touched.table().number(), touched.id()).visibilityBefore() == Visibility.HIDDEN;
        }

        private void write(TouchedRow touched, Kind asked, BitSet cells, boolean sparesUnseen) throws SQLException {
            TrackedRow row = store.load(touched.table().number(), touched.id());
            Kind kind = asked;
            if (!row.isKnown() && touched.before() != null) {
                // A foreign program put the row there, untracked: others hear of it now, or never did.
                if (kind == Kind.DELETE) {
                    return;
                }
                kind = Kind.INSERT;
                cells.set(RowState.EXISTS);
                touched.table().columns().forEach(column -> cells.set(column.cell()));
            }
            Set<Dot> unseen = sparesUnseen && row.isKnown() ? unseenIn(row, touched.table(), asked) : Set.of();
            if (touched.before() != null && row.isKnown()) {
                row.setValues(valuesBefore(row, touched.before()));
            }
            Map<Integer, @Nullable Object> after = touched.after() == null ? Map.of() : touched.after();
            Change change = change(touched, kind, cells, unseen, after);
            Write write = new Write(
                    author.number(),
                    change.dot().sequence(),
                    change.time(),
                    change.stamp().millis() - change.wallMillis(),
                    kind == Kind.DELETE,
                    cells);
            merge.apply(
                    row,
                    write,
                    after,
                    (replica, sequence) -> change.hasSeen(new Dot(store.names().replicaId(replica), sequence)));
            if (touched.after() != null) {
                row.setVisibility(Visibility.SHOWN);
            } else if (kind == Kind.DELETE) {
                row.setVisibility(Visibility.DELETED);
            }
            store.keepWhatIsNotShown(row);
            if (row.visibilityBefore() == Visibility.HIDDEN && row.visibility() != Visibility.HIDDEN) {
                store.forgetHidden(row);
            }
            store.save(row);
            changes.add(change);
            rows.add(row);
        }

        /** The old values, with those of columns that this version does not know. */
        private Map<Integer, @Nullable Object> valuesBefore(TrackedRow row, Map<Integer, @Nullable Object> before)
                throws SQLException {
            Map<Integer, @Nullable Object> values =
                    row.wasWaiting() || !row.wasShown() ? store.kept(row.table(), row.key()) : new HashMap<>();
            before.forEach((cell, value) -> {
                if (row.state().winner(cell) != null) {
                    values.put(cell, value);
                }
            });
            return values;
        }

        private Change change(
                TouchedRow touched, Kind kind, BitSet cells, Set<Dot> unseen, Map<Integer, @Nullable Object> after) {
            clock = Math.max(Math.max(clock + 1, now), Stamp.FIRST_OF_PERSONS);
            if (!Stamp.isWellFormed(clock)) {
                throw new TransactionException("Nothing was saved: the clock of this library stands at the end of what"
                        + " stamps can carry, because some device's clock was set thousands of years ahead.");
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Column column : touched.table().columns()) {
                if (cells.get(column.cell())) {
                    values.put(column.name(), after.get(column.cell()));
                }
            }
            return new Change(
                    new Dot(author.replica(), author.head() + changes.size() + 1),
                    clock,
                    author.wallMillis(),
                    unseen.isEmpty() ? context : new Context(context.vector(), unseen),
                    kind,
                    touched.table().name(),
                    touched.id(),
                    values);
        }

        /**
         * What is known of the row but was not shown to whoever wrote (rule R5): all of a hidden row, edits that lost
         * against a delete, and for a delete also what only columns hold that this version does not know.
         */
        private Set<Dot> unseenIn(TrackedRow row, SyncedTable table, Kind kind) {
            Set<Dot> unseen = new TreeSet<>();
            Visibility before = row.visibilityBefore();
            boolean nothingShown = before == Visibility.HIDDEN || before == Visibility.FORGOTTEN;
            BitSet shown = new BitSet();
            shown.set(RowState.EXISTS);
            table.columns().forEach(column -> shown.set(column.cell()));
            for (Write write : row.state().writes()) {
                boolean openInTombstone = before == Visibility.DELETED && !write.isDelete() && !write.isSeen();
                boolean waiting = kind == Kind.DELETE && !write.isDelete() && write.holdsNothingOf(shown);
                if (nothingShown || openInTombstone || waiting) {
                    unseen.add(dot(write.replica(), write.sequence()));
                }
            }
            for (Sibling sibling : row.siblings()) {
                boolean waiting = kind == Kind.DELETE && sibling.cell() != Sibling.DELETE && !shown.get(sibling.cell());
                boolean openInTombstone = before == Visibility.DELETED && sibling.cell() != Sibling.DELETE;
                if (nothingShown || openInTombstone || waiting) {
                    unseen.add(dot(sibling.replica(), sibling.sequence()));
                }
            }
            unseen.removeIf(dot ->
                    !dot.replica().equals(author.replica()) && !context.vector().covers(dot));
            return unseen;
        }

        private Dot dot(int replica, long sequence) {
            return new Dot(store.names().replicaId(replica), sequence);
        }
    }
}
