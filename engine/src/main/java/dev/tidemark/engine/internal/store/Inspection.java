package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.sql.Values;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads conflicts, hidden and waiting data from cell state, in one read transaction. Not thread-safe. */
final class Inspection {
    private final CellStore store;
    private final Statements statements;
    private final NameDictionary names;
    private final Catalog catalog;

    Inspection(CellStore store) {
        this.store = store;
        this.statements = store.statements();
        this.names = store.names();
        this.catalog = store.catalog();
    }

    List<Conflict> conflicts() throws SQLException {
        List<Conflict> conflicts = new ArrayList<>();
        for (TrackedRow row :
                store.loadExceptional("status & ? <> 0", TrackedRow.SIBLINGS | TrackedRow.EDIT_DELETE_CONFLICT)) {
            addCellConflicts(row, conflicts);
            if (row.hasEditDeleteConflict()) {
                addRowConflicts(row, conflicts);
            }
        }
        conflicts.sort(Comparator.comparing(Conflict::table)
                .thenComparing(conflict -> conflict.row().toString())
                .thenComparing(Conflict::column)
                .thenComparing(conflict -> conflict.loser().dot()));
        return conflicts;
    }

    private void addCellConflicts(TrackedRow row, List<Conflict> conflicts) {
        for (Sibling sibling : row.siblings()) {
            Write winner = sibling.cell() > RowState.EXISTS ? row.state().winner(sibling.cell()) : null;
            if (winner == null) {
                continue;
            }
            Object value = row.values().get(sibling.cell());
            if (!Values.areIdentical(value, sibling.value())) {
                conflicts.add(new Conflict(
                        names.tableName(row.table()),
                        row.id(),
                        cellName(row, sibling.cell()),
                        version(winner, value),
                        version(sibling)));
            }
        }
    }

    /**
     * Adds conflicts between edits and deletes: one for each open delete if the row is live, else one for each open
     * edit.
     */
    private void addRowConflicts(TrackedRow row, List<Conflict> conflicts) {
        boolean editWon = row.isUndeleted();
        List<Conflict.Version> deletes = new ArrayList<>();
        Map<Dot, Conflict.Version> edits = new HashMap<>();
        for (Write write : row.state().writes()) {
            if (write.isDelete() && !write.isSeen()) {
                deletes.add(version(write, null));
            } else if (!write.isSeen()) {
                Conflict.Version version = version(write, null);
                edits.put(version.dot(), version);
            }
        }
        for (Sibling sibling : row.siblings()) {
            if (sibling.cell() == Sibling.DELETE) {
                deletes.add(version(sibling));
            } else {
                Conflict.Version version = new Conflict.Version(dot(sibling), null, false, sibling.wallMillis());
                edits.putIfAbsent(version.dot(), version);
            }
        }
        Conflict.Version winner = editWon
                ? latestEdit(row)
                : version(Objects.requireNonNull(row.state().delete()), null);
        for (Conflict.Version loser : editWon ? deletes : edits.values()) {
            conflicts.add(new Conflict(names.tableName(row.table()), row.id(), Conflict.ROW, winner, loser));
        }
    }

    private Conflict.Version latestEdit(TrackedRow row) {
        Write latest = row.state().writes().stream()
                .filter(write -> !write.isDelete())
                .max(store::compareStamps)
                .orElseThrow();
        return version(latest, null);
    }

    private Conflict.Version version(Write write, @Nullable Object value) {
        return new Conflict.Version(
                new Dot(names.replicaId(write.replica()), write.sequence()),
                value,
                write.isDelete(),
                write.wallMillis());
    }

    private Conflict.Version version(Sibling sibling) {
        return new Conflict.Version(
                dot(sibling), sibling.value(), sibling.cell() == Sibling.DELETE, sibling.wallMillis());
    }

    private Dot dot(Sibling sibling) {
        return new Dot(names.replicaId(sibling.replica()), sibling.sequence());
    }

    private String cellName(TrackedRow row, int cell) {
        return Objects.requireNonNull(names.cellName(row.table(), cell), "A cell without a name");
    }

    List<HiddenRow> hiddenRows() throws SQLException {
        List<HiddenRow> hidden =
                new ArrayList<>(new HiddenDataReader(store).hiddenRows().values());
        hidden.sort(Comparator.comparing(HiddenRow::table)
                .thenComparing(row -> row.row().toString()));
        return hidden;
    }

    long hiddenCount() throws SQLException {
        return new HiddenDataReader(store)
                .counts().hidden().values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Counts the waiting cells without reading the application's tables. Most waiting cells belong to shown rows. These
     * retain the values of waiting cells only, so counting the retained values is enough.
     */
    long waitingCellCount() throws SQLException {
        return store.retainedByShownRows()
                + store
                        .loadExceptional(
                                "(status & ?1 <> 0 AND status & 7 <> ?3 OR status & 7 = ?2)",
                                TrackedRow.WAITING,
                                Visibility.UNKNOWN.code(),
                                Visibility.SHOWN.code())
                        .stream()
                        .mapToLong(row -> waitingIn(row).cardinality())
                        .sum();
    }

    boolean hasUnknownCells() throws SQLException {
        return rowsThatWait().stream()
                .anyMatch(
                        row -> !row.unknownCells(catalog.numbered(row.table())).isEmpty());
    }

    List<WaitingCell> waitingCells() throws SQLException {
        List<WaitingCell> cells = new ArrayList<>();
        for (TrackedRow row : rowsThatWait()) {
            waitingIn(row).stream()
                    .mapToObj(cell -> new WaitingCell(
                            names.tableName(row.table()),
                            row.id(),
                            cellName(row, cell),
                            row.values().get(cell)))
                    .forEach(cells::add);
        }
        cells.sort(Comparator.comparing(WaitingCell::table)
                .thenComparing(cell -> cell.row().toString())
                .thenComparing(WaitingCell::column));
        return cells;
    }

    /** Returns the rows with cells of unknown tables or columns, or with values of another type than declared. */
    List<TrackedRow> rowsThatWait() throws SQLException {
        return store.loadExceptional(
                "(status & ?1 <> 0 OR status & 7 = ?2)", TrackedRow.WAITING, Visibility.UNKNOWN.code());
    }

    private BitSet waitingIn(TrackedRow row) {
        return row.waitingCells(catalog.numbered(row.table()));
    }

    Map<String, @Nullable Object> retainedValues(String table, UUID id) throws SQLException {
        TrackedRow row = store.load(catalog.required(table).number(), id);
        Map<String, @Nullable Object> values = new TreeMap<>();
        if (row.isKnown() && !row.wasShown()) {
            for (Map.Entry<Integer, @Nullable Object> cell : row.values().entrySet()) {
                values.put(cellName(row, cell.getKey()), cell.getValue());
            }
        }
        return Collections.unmodifiableMap(values);
    }

    Map<UUID, RowHistory.Origin> origins(String table, Collection<UUID> ids) throws SQLException {
        SyncedTable synced = catalog.required(table);
        Map<UUID, RowHistory.Origin> origins = new HashMap<>();
        for (UUID id : ids) {
            TrackedRow row = store.load(synced.number(), id);
            Write created = row.state().winner(RowState.EXISTS);
            Write changed =
                    row.state().writes().stream().max(store::compareStamps).orElse(null);
            if (created != null && changed != null) {
                origins.put(
                        id,
                        new RowHistory.Origin(
                                created.wallMillis(),
                                names.replicaId(created.replica()),
                                changed.wallMillis(),
                                names.replicaId(changed.replica())));
            }
        }
        return origins;
    }

    Map<ReplicaId, String> replicaNames() throws SQLException {
        Map<ReplicaId, String> known = new HashMap<>();
        statements.list(
                "SELECT id, name FROM tm_replica WHERE name <> ''",
                row -> known.put(new ReplicaId(row.getLong(1)), row.getString(2)));
        return known;
    }

    /** Returns the synced state as text. Replicas with equal state return equal text. */
    String dump() throws SQLException {
        return new Dump(store).write(hiddenRows(), rowsThatWait(), this::waitingIn, conflicts());
    }
}
