package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Computes the rows that a replica must show, hide and list from the set of all its changes, for {@link Replicas#TASKS}
 * or a later version. Applies docs/correctness.md#r1, R2 and R5 as definitions over the whole set, without incremental
 * state. So every acknowledged write is current, knowingly superseded, or listed (the simulator's check 2).
 */
final class Oracle {
    private static final String EXISTS = "exists";
    /** What a program of this version knows: its tables, and of each the columns and their defaults. */
    private final Map<String, Map<String, Object>> known;

    private final Map<String, Map<String, String>> parents = new TreeMap<>();

    private record Key(String table, UUID id) {}

    /** What the changes say of one row. */
    private final class Model {
        final Key key;
        final List<Change> changes = new ArrayList<>();

        Model(Key key) {
            this.key = key;
        }

        List<Change> deletes() {
            return changes.stream()
                    .filter(change -> change.kind() == Kind.DELETE)
                    .toList();
        }

        List<Change> writesOf(String cell) {
            return changes.stream()
                    .filter(change -> cellsOf(change).contains(cell))
                    .toList();
        }

        Change winner(String cell) {
            return latest(writesOf(cell));
        }

        Change delete() {
            return latest(deletes());
        }

        Set<String> cells() {
            Set<String> cells = new TreeSet<>();
            changes.forEach(change -> cells.addAll(cellsOf(change)));
            return cells;
        }

        /** Whether nobody who wrote the cell, or deleted the row, had seen the write. */
        boolean isOpen(Change write, String cell) {
            return !write.isFromMigration() && !isSeenBy(write, writesOf(cell)) && !isSeenBy(write, deletes());
        }

        boolean isOpenDelete(Change delete) {
            return !isSeenBy(delete, changes);
        }

        List<Change> openEdits() {
            return changes.stream()
                    .filter(change -> change.kind() != Kind.DELETE)
                    .filter(change -> cellsOf(change).stream().anyMatch(cell -> isOpen(change, cell)))
                    .toList();
        }

        boolean isUndeleted() {
            Change delete = delete();
            return delete == null
                    || cells().stream()
                            .anyMatch(cell -> winner(cell).timestamp().compareTo(delete.timestamp()) > 0);
        }

        boolean isLive() {
            return winner(EXISTS) != null && isUndeleted();
        }

        Object value(String column) {
            Change winner = winner(column);
            return winner == null
                    ? known.get(key.table()).get(column)
                    : winner.values().get(column);
        }
    }

    private final Map<Key, Model> rows = new TreeMap<>(
            Comparator.comparing(Key::table).thenComparing(key -> key.id().toString()));
    private final Map<Key, HiddenRow> hidden = new LinkedHashMap<>();

    Oracle(Collection<Change> changes) {
        this(changes, 1);
    }

    /** @param version of the program whose tables are judged, see {@link UpgradeHistoryTest} */
    Oracle(Collection<Change> changes, int version) {
        known = UpgradeHistoryTest.columns(version);
        parents.put("task", Map.of("folder_id", "folder"));
        if (version > 2) {
            parents.put("label", Map.of("task_id", "task"));
        }
        for (Change change : changes) {
            if (change.kind() == Kind.SCHEMA || change.kind() == Kind.ERASED) {
                continue;
            }
            rows.computeIfAbsent(new Key(change.table(), change.row()), Model::new)
                    .changes
                    .add(change);
        }
        hideRivals();
        hideChildren();
    }

    private static Set<String> cellsOf(Change change) {
        Set<String> cells = new TreeSet<>(change.values().keySet());
        if (change.kind() == Kind.INSERT) {
            cells.add(EXISTS);
        }
        return cells;
    }

    private static boolean isSeenBy(Change write, List<Change> others) {
        return others.stream()
                .anyMatch(other -> !other.equals(write) && !other.isFromMigration() && other.hasSeen(write.dot()));
    }

    private static Change latest(List<Change> writes) {
        return writes.stream().max(Comparator.comparing(Change::timestamp)).orElse(null);
    }

    private void hideRivals() {
        Map<Object, Model> holders = new HashMap<>();
        List<Model> claimants = rows.values().stream()
                .filter(row -> row.key.table().equals("task") && row.isLive() && row.value("code") != null)
                .sorted(Comparator.comparing(row -> row.winner(EXISTS).timestamp()))
                .toList();
        for (Model row : claimants) {
            Model holder = holders.putIfAbsent(row.value("code"), row);
            if (holder != null) {
                hide(row, HiddenRow.Reason.UNIQUE_CONFLICT, holder.key);
            }
        }
    }

    private void hideChildren() {
        boolean more = true;
        while (more) {
            more = false;
            for (Model row : rows.values()) {
                for (Map.Entry<String, String> parent :
                        parents.getOrDefault(row.key.table(), Map.of()).entrySet()) {
                    Object reference = isShown(row.key) ? row.value(parent.getKey()) : null;
                    if (reference instanceof byte[] id) {
                        Key key = new Key(parent.getValue(), ChangeCodec.idOf(id));
                        if (!isShown(key)) {
                            hide(row, HiddenRow.Reason.PARENT, key);
                            more = true;
                        }
                    }
                }
            }
        }
    }

    private void hide(Model row, HiddenRow.Reason reason, Key blocker) {
        hidden.put(row.key, new HiddenRow(row.key.table(), row.key.id(), reason, blocker.table(), blocker.id()));
    }

    private boolean isShown(Key key) {
        Model row = rows.get(key);
        return row != null && row.isLive() && !hidden.containsKey(key) && known.containsKey(key.table());
    }

    /** Compares what the replica shows, hides, lists and keeps with what follows from its changes. */
    void check(SqliteDatabase database) {
        assertThat(StateDump.of(database)).as("cell state").isEqualTo(state());
        assertThat(database.waitingCells()).as("waiting cells").hasSize(waitingCells());
        checkShown(database);
    }

    /** The same of a replica that has garbage-collected: it has forgotten cells that nothing shows. */
    void checkShown(SqliteDatabase database) {
        assertThat(database.conflicts()).as("conflicts").containsExactlyInAnyOrderElementsOf(conflicts());
        assertThat(database.hiddenRows()).as("hidden rows").containsExactlyInAnyOrderElementsOf(hidden.values());
        for (String table : known.keySet()) {
            checkTable(database, table);
        }
    }

    private int waitingCells() {
        return rows.values().stream()
                .mapToInt(row -> (int) row.cells().stream()
                        .filter(cell -> !cell.equals(EXISTS))
                        .filter(cell ->
                                !known.getOrDefault(row.key.table(), Map.of()).containsKey(cell))
                        .count())
                .sum();
    }

    private void checkTable(SqliteDatabase database, String table) {
        List<Row> shown = database.list(Query.of("SELECT * FROM " + table));
        assertThat(shown)
                .extracting(row -> row.uuid("id"))
                .as("rows of " + table)
                .containsExactlyInAnyOrderElementsOf(rows.keySet().stream()
                        .filter(key -> key.table().equals(table) && isShown(key))
                        .map(Key::id)
                        .toList());
        for (Row row : shown) {
            Model model = Objects.requireNonNull(rows.get(new Key(table, row.uuid("id"))));
            for (String column : row.columns()) {
                if (!column.equals("id")) {
                    assertThat(row.value(column)).as(table + "." + column).isEqualTo(model.value(column));
                }
            }
        }
    }

    private List<Conflict> conflicts() {
        List<Conflict> conflicts = new ArrayList<>();
        for (Model row : rows.values()) {
            for (String cell : row.cells()) {
                Change winner = row.winner(cell);
                row.writesOf(cell).stream()
                        .filter(write -> !write.equals(winner) && !cell.equals(EXISTS) && row.isOpen(write, cell))
                        .filter(write -> !Objects.deepEquals(
                                write.values().get(cell), winner.values().get(cell)))
                        .forEach(loser -> conflicts.add(conflict(row, cell, winner, loser)));
            }
            List<Change> deletes =
                    row.deletes().stream().filter(row::isOpenDelete).toList();
            List<Change> edits = row.openEdits();
            if (!deletes.isEmpty() && !edits.isEmpty()) {
                boolean editWon = row.isUndeleted();
                Change winner =
                        editWon ? latest(row.cells().stream().map(row::winner).toList()) : row.delete();
                (editWon ? deletes : edits).forEach(loser -> conflicts.add(conflict(row, Conflict.ROW, winner, loser)));
            }
        }
        return conflicts;
    }

    private static Conflict conflict(Model row, String column, Change winner, Change loser) {
        return new Conflict(row.key.table(), row.key.id(), column, side(winner, column), side(loser, column));
    }

    private static Conflict.Version side(Change change, String column) {
        return new Conflict.Version(
                change.dot(), change.values().get(column), change.kind() == Kind.DELETE, change.wallMillis());
    }

    /** The text of {@link SqliteDatabase#stateDump}. */
    private String state() {
        StringBuilder text = new StringBuilder();
        for (Model row : rows.values()) {
            text.append(row.key.table()).append(' ').append(row.key.id());
            text.append(' ').append(visibility(row)).append('\n');
            lines(row)
                    .forEach((name, line) -> text.append("  ")
                            .append(name)
                            .append(' ')
                            .append(line)
                            .append('\n'));
        }
        return text.toString();
    }

    private String visibility(Model row) {
        if (!known.containsKey(row.key.table())) {
            return "UNKNOWN";
        }
        if (!row.isUndeleted()) {
            return "DELETED";
        }
        return !row.isLive() ? "FORGOTTEN" : hidden.containsKey(row.key) ? "HIDDEN" : "SHOWN";
    }

    private static Map<String, String> lines(Model row) {
        Map<String, String> lines = new TreeMap<>();
        Change delete = row.delete();
        if (delete != null) {
            lines.put("delete", at(delete) + (row.isOpenDelete(delete) ? "" : " seen"));
        }
        for (String cell : row.cells()) {
            Change winner = row.winner(cell);
            boolean seen = winner.isFromMigration() || isSeenBy(winner, row.deletes());
            lines.put(
                    cell.equals(EXISTS) ? cell : "cell " + cell,
                    at(winner)
                            + (seen ? " seen " : " ")
                            + literal(winner.values().get(cell)));
            row.writesOf(cell).stream()
                    .filter(write -> !write.equals(winner) && row.isOpen(write, cell))
                    .forEach(write -> lines.put(
                            "sibling " + (cell.equals(EXISTS) ? "0" : cell) + " " + write.dot(),
                            "@" + write.hlcTime() + " " + literal(write.values().get(cell))));
        }
        row.deletes().stream()
                .filter(other -> !other.equals(delete) && row.isOpenDelete(other))
                .forEach(other -> lines.put("sibling -1 " + other.dot(), "@" + other.hlcTime() + " NULL"));
        return lines;
    }

    private static String at(Change change) {
        return change.dot() + "@" + change.hlcTime();
    }

    private static String literal(Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text.replace("'", "''") + "'";
            case byte[] bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'";
            default -> value.toString();
        };
    }
}
