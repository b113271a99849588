package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.NameDictionary;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;

/** Lists the writes that a device shows and reports for each row, by their numbers. */
final class SimulatedState {
    private record Row(String table, UUID id) {}

    /** @param conflict whether an edit against a delete is listed */
    private record Cells(
            Visibility visibility,
            Map<String, Dot> winners,
            Map<String, Object> values,
            Map<String, Set<Dot>> siblings,
            Set<Dot> deletes,
            boolean conflict) {}

    private final SqliteDatabase database;
    private final Map<Row, Cells> rows = new HashMap<>();

    private SimulatedState(SqliteDatabase database) {
        this.database = database;
    }

    static SimulatedState of(SqliteDatabase database) {
        SimulatedState state = new SimulatedState(database);
        Set<Row> conflicts = new HashSet<>();
        for (Conflict conflict : database.conflicts()) {
            if (conflict.column().equals(Conflict.ROW)) {
                conflicts.add(new Row(conflict.table(), conflict.row()));
            }
        }
        database.query(statements -> {
            state.read(database.cells(statements), conflicts);
            return 0;
        });
        return state;
    }

    private void read(CellStore store, Set<Row> conflicts) throws SQLException {
        NameDictionary names = store.names();
        for (RowKey key : store.statements().list("SELECT table_no, id FROM tm_row", RowKey::read)) {
            TrackedRow tracked = store.load(key.table(), key.id());
            Row row = new Row(names.tableName(tracked.table()), tracked.id());
            Cells cells = new Cells(
                    tracked.visibilityBefore(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashMap<>(),
                    new HashSet<>(),
                    conflicts.contains(row));
            for (Write write : tracked.state().writes()) {
                Dot dot = new Dot(names.replicaId(write.replica()), write.sequence());
                if (write.isDelete()) {
                    cells.deletes().add(dot);
                }
                tracked.state().valueCells().stream().filter(write::wins).forEach(cell -> {
                    String column = column(names, tracked, cell);
                    cells.winners().put(column, dot);
                    cells.values()
                            .put(
                                    column,
                                    SimulatedWrite.comparable(tracked.values().get(cell)));
                });
            }
            for (Sibling sibling : tracked.siblings()) {
                Dot dot = new Dot(names.replicaId(sibling.replica()), sibling.sequence());
                if (sibling.cell() == Sibling.DELETE) {
                    cells.deletes().add(dot);
                } else if (sibling.cell() > 0) {
                    cells.siblings()
                            .computeIfAbsent(column(names, tracked, sibling.cell()), any -> new HashSet<>())
                            .add(dot);
                }
            }
            rows.put(row, cells);
        }
    }

    private static String column(NameDictionary names, TrackedRow row, int cell) {
        return Objects.requireNonNull(names.cellName(row.table(), cell), "A cell without a name");
    }

    /** A row that is not shown is in a list that users see. */
    void checkListed() {
        Set<Row> listed = new HashSet<>();
        for (HiddenRow hidden : database.hiddenRows()) {
            listed.add(new Row(hidden.table(), hidden.row()));
        }
        database.waitingCells().forEach(waiting -> listed.add(new Row(waiting.table(), waiting.row())));
        rows.forEach((row, cells) -> {
            if (cells.visibility() != Visibility.SHOWN && cells.visibility() != Visibility.DELETED) {
                assertThat(listed).as("rows that are %s", cells.visibility()).contains(row);
            }
        });
    }

    /** Whether this value of a column, which no other write has seen, is shown or listed. */
    boolean isKept(SimulatedWrite write, String column, Predicate<Dot> isWrite) {
        Cells row = rows.get(new Row(write.table(), write.row()));
        if (row == null) {
            return false;
        }
        boolean isCurrent = row.winners().containsKey(column)
                && (isWrite.test(row.winners().get(column))
                        || Objects.equals(
                                row.values().get(column), write.values().get(column)));
        boolean isSibling =
                row.siblings().getOrDefault(column, Set.of()).stream().anyMatch(isWrite);
        return (isCurrent || isSibling) && (row.visibility() != Visibility.DELETED || row.conflict());
    }

    /** Whether garbage collection has removed the delete's row, or all of it but edits that came later. */
    boolean isGone(SimulatedWrite delete) {
        Cells row = rows.get(new Row(delete.table(), delete.row()));
        return row == null || row.visibility() == Visibility.COLLECTED;
    }

    /** The writes of the values that the row shows. */
    Collection<Dot> winners(SimulatedWrite ofRow) {
        Cells row = rows.get(new Row(ofRow.table(), ofRow.row()));
        return row == null ? Set.of() : row.winners().values();
    }

    /** Whether this delete, which no other write has seen, is in force, listed or garbage-collected. */
    boolean isDeleteKept(SimulatedWrite delete, Predicate<Dot> isDelete) {
        Cells row = rows.get(new Row(delete.table(), delete.row()));
        return isGone(delete)
                || row.visibility() == Visibility.DELETED
                || row.deletes().stream().anyMatch(isDelete);
    }

    /** The state of a row, and what the numbers in it mean. */
    String describe(SimulatedWrite write, Map<Dot, SimulatedWrite> held) {
        Cells row = rows.get(new Row(write.table(), write.row()));
        StringBuilder text = new StringBuilder("\nState: ").append(row);
        if (row != null) {
            new TreeSet<>(row.winners().values())
                    .forEach(dot -> text.append("\n  ").append(dot).append(' ').append(held.get(dot)));
        }
        return text.toString();
    }
}
