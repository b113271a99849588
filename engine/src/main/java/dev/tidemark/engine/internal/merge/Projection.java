package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.HiddenRow.Reason;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.schema.SyncedTable.Parent;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Shows in the application's tables what the cell state says (rule R1: tables are a pure function of cell state).
 *
 * <p>A live row is hidden while a parent is not shown, a NOT NULL column has neither cell nor constant default, or a live
 * rival for a unique key has the smaller (insert stamp, id). Which rows are shown is the greatest set that satisfies this:
 * rows that refer to each other in a circle are shown. Works on the rows touched and whatever depends on them; foreign keys
 * must be off or deferred. One instance serves one transaction, and is not thread-safe.
 */
public final class Projection {
    private record Key(int table, UUID id) {}

    /** What keeps a row from being shown. */
    private record Obstacle(Reason reason, @Nullable Key blocker) {}

    private final CellStore store;
    private final TableWriter writer;
    private final Map<Key, TrackedRow> affected = new LinkedHashMap<>();
    private final Set<Key> touched = new HashSet<>();
    private final Map<Key, Obstacle> obstacles = new HashMap<>();
    private final Map<Key, Boolean> shownElsewhere = new HashMap<>();
    private final Map<Key, List<Key>> affectedChildren = new HashMap<>();
    private final Set<Key> putIn = new HashSet<>();
    private final Set<Integer> tablesWithHiddenAdded = new HashSet<>();

    public Projection(CellStore store) {
        this.store = store;
        this.writer = new TableWriter(store);
    }

    /**
     * Brings the tables in line with the state of these rows, and stores the rows.
     *
     * @return the numbers of the tables in which rows were shown, changed or taken out
     */
    public Set<Integer> show(Collection<TrackedRow> rows) throws SQLException {
        for (TrackedRow row : rows) {
            Key key = keyOf(row);
            affected.put(key, row);
            touched.add(key);
        }
        return bringInLine();
    }

    /**
     * Shows or hides what depends on these rows, which stand in the tables as they should already.
     *
     * @return the numbers of the tables in which rows were shown, changed or taken out
     */
    public Set<Integer> showDependents(Collection<TrackedRow> rows) throws SQLException {
        rows.forEach(row -> affected.put(keyOf(row), row));
        return bringInLine();
    }

    private Set<Integer> bringInLine() throws SQLException {
        addDependents();
        decideRivals();
        decideParents();
        while (!apply()) {
            decideParents();
        }
        return save();
    }

    private static Key keyOf(TrackedRow row) {
        return new Key(row.table(), row.id());
    }

    /** Adds the rows that wait for an affected one, and shown rows whose unique key an affected one claims. */
    private void addDependents() throws SQLException {
        Deque<TrackedRow> open = new ArrayDeque<>(affected.values());
        boolean anyHidden = store.statements().first("SELECT 1 FROM tm_hidden LIMIT 1", row -> true) != null;
        while (!open.isEmpty()) {
            TrackedRow row = open.remove();
            List<Key> dependents = new ArrayList<>();
            if (anyHidden) {
                dependents.addAll(waitingFor(row));
            }
            dependents.addAll(rivalsOf(row, anyHidden));
            for (Key dependent : dependents) {
                TrackedRow added = add(dependent);
                if (added != null) {
                    open.add(added);
                }
            }
        }
    }

    private @Nullable TrackedRow add(Key key) throws SQLException {
        if (affected.containsKey(key)) {
            return null;
        }
        TrackedRow row = store.load(key.table(), key.id());
        affected.put(key, row);
        return row;
    }

    private List<Key> waitingFor(TrackedRow row) throws SQLException {
        return store.statements()
                .list(
                        "SELECT table_no, id FROM tm_hidden WHERE blocker_table = ? AND blocker = ?",
                        found -> new Key(found.getInt(1), ChangeCodec.idOf(found.getBytes(2))),
                        row.table(),
                        row.key());
    }

    private List<Key> rivalsOf(TrackedRow row, boolean anyHidden) throws SQLException {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || table.uniqueKeys().isEmpty() || !isLive(row)) {
            return List.of();
        }
        List<Key> rivals = new ArrayList<>();
        for (UniqueKey unique : table.uniqueKeys()) {
            List<@Nullable Object> values = uniqueValues(row, unique);
            if (!values.contains(null)) {
                writer.shownWith(table, unique, values).forEach(id -> rivals.add(new Key(table.number(), id)));
            }
        }
        if (anyHidden && tablesWithHiddenAdded.add(table.number())) {
            // A hidden row is live and may claim the same key; there are few, so all of the table are looked at.
            rivals.addAll(store.statements()
                    .list(
                            "SELECT id FROM tm_hidden WHERE table_no = ?",
                            found -> new Key(table.number(), ChangeCodec.idOf(found.getBytes(1))),
                            table.number()));
        }
        return rivals;
    }

    private static List<@Nullable Object> uniqueValues(TrackedRow row, UniqueKey unique) {
        List<@Nullable Object> values = new ArrayList<@Nullable Object>();
        for (Column column : unique.columns()) {
            values.add(valueOf(row, column));
        }
        return values;
    }

    static @Nullable Object valueOf(TrackedRow row, Column column) {
        return row.state().winner(column.cell()) != null ? row.values().get(column.cell()) : column.defaultValue();
    }

    private static boolean isLive(TrackedRow row) {
        return row.state().winner(RowState.EXISTS) != null && row.isUndeleted();
    }

    /** The oldest live row holds a unique key; the others are its rivals, whichever order they are looked at in. */
    private void decideRivals() {
        Map<List<Object>, TrackedRow> holders = new HashMap<>();
        for (TrackedRow row : affected.values()) {
            for (List<Object> claim : claimsOf(row)) {
                holders.merge(claim, row, (holder, other) -> isOlder(other, holder) ? other : holder);
            }
        }
        for (TrackedRow row : affected.values()) {
            for (List<Object> claim : claimsOf(row)) {
                TrackedRow holder = java.util.Objects.requireNonNull(holders.get(claim));
                if (holder != row) {
                    obstacles.putIfAbsent(keyOf(row), new Obstacle(Reason.RIVAL, keyOf(holder)));
                }
            }
        }
    }

    private List<List<Object>> claimsOf(TrackedRow row) {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || table.uniqueKeys().isEmpty() || !isLive(row)) {
            return List.of();
        }
        List<List<Object>> claims = new ArrayList<>();
        for (UniqueKey unique : table.uniqueKeys()) {
            List<Object> claim = UniqueClaim.of(table, unique, uniqueValues(row, unique));
            if (claim != null) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private boolean isOlder(TrackedRow row, TrackedRow other) {
        Write one = row.state().winner(RowState.EXISTS);
        Write two = other.state().winner(RowState.EXISTS);
        if (one == null || two == null) {
            return two == null;
        }
        int byStamp = store.compareStamps(one, two);
        return byStamp != 0 ? byStamp < 0 : row.id().compareTo(other.id()) < 0;
    }

    /** Finds obstacles until nothing changes; a row is taken to be shown as long as nothing speaks against it. */
    private void decideParents() throws SQLException {
        affectedChildren.clear();
        affected.values().forEach(this::indexByParents);
        Deque<Key> open = new ArrayDeque<>(affected.keySet());
        while (!open.isEmpty()) {
            Key key = open.remove();
            TrackedRow row = affected.get(key);
            if (row == null) {
                continue;
            }
            if (isToBeShown(key, row)) {
                Obstacle obstacle = obstacleOf(row);
                if (obstacle == null) {
                    continue;
                }
                obstacles.put(key, obstacle);
            }
            // It is not shown, so its children cannot be.
            for (Key child : shownChildren(row)) {
                TrackedRow added = add(child);
                if (added != null) {
                    indexByParents(added);
                    open.add(child);
                }
            }
            for (Key other : affectedChildren.getOrDefault(key, List.of())) {
                if (!obstacles.containsKey(other)) {
                    open.add(other);
                }
            }
        }
    }

    private boolean isToBeShown(Key key, TrackedRow row) {
        return !obstacles.containsKey(key) && isLive(row) && store.catalog().numbered(row.table()) != null;
    }

    private @Nullable Obstacle obstacleOf(TrackedRow row) throws SQLException {
        SyncedTable table = java.util.Objects.requireNonNull(store.catalog().numbered(row.table()));
        for (Column column : table.columns()) {
            if (column.notNull() && valueOf(row, column) == null) {
                return new Obstacle(Reason.INCOMPLETE, null);
            }
        }
        for (Parent parent : table.parents()) {
            Object reference = valueOf(row, parent.column());
            if (reference == null) {
                continue;
            }
            SyncedTable parentTable =
                    java.util.Objects.requireNonNull(store.catalog().named(parent.table()));
            UUID parentId = TableWriter.idFrom(reference);
            if (parentId == null) {
                return new Obstacle(Reason.REFUSED, null);
            }
            Key parentKey = new Key(parentTable.number(), parentId);
            TrackedRow parentRow = affected.get(parentKey);
            boolean shown = parentRow != null ? isToBeShown(parentKey, parentRow) : isShown(parentTable, parentKey);
            if (!shown) {
                return new Obstacle(Reason.PARENT, parentKey);
            }
        }
        return null;
    }

    private boolean isShown(SyncedTable table, Key key) throws SQLException {
        Boolean known = shownElsewhere.get(key);
        if (known == null) {
            known = writer.isShown(table, key.id());
            shownElsewhere.put(key, known);
        }
        return known;
    }

    private List<Key> shownChildren(TrackedRow row) throws SQLException {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || !row.wasShown()) {
            return List.of();
        }
        List<Key> children = new ArrayList<>();
        for (Parent reference : store.catalog().referencesTo(table)) {
            SyncedTable owner = store.catalog().ownerOf(reference);
            writer.shownReferring(owner, reference.column(), CellStore.idValue(table, row.id()))
                    .forEach(id -> children.add(new Key(owner.number(), id)));
        }
        return children;
    }

    private void indexByParents(TrackedRow row) {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null) {
            return;
        }
        for (Parent reference : table.parents()) {
            SyncedTable parent =
                    java.util.Objects.requireNonNull(store.catalog().named(reference.table()));
            UUID id = TableWriter.idFrom(valueOf(row, reference.column()));
            if (id != null) {
                affectedChildren
                        .computeIfAbsent(new Key(parent.number(), id), key -> new ArrayList<>())
                        .add(keyOf(row));
            }
        }
    }

    /** Takes rows out and puts rows in; false if SQLite refused one, which then counts as an obstacle. */
    private boolean apply() throws SQLException {
        affected.values().forEach(TrackedRow::values);
        // Children first: ON DELETE RESTRICT acts at once even where foreign keys are deferred.
        for (SyncedTable table : List.copyOf(store.catalog().tables()).reversed()) {
            for (TrackedRow row : affected.values()) {
                if (row.table() == table.number()
                        && ((row.wasShown() && !isUnchanged(row)) || putIn.remove(keyOf(row)))) {
                    writer.takeOut(table, row);
                }
            }
        }
        boolean complete = true;
        for (SyncedTable table : store.catalog().tables()) {
            for (TrackedRow row : affected.values()) {
                Key key = keyOf(row);
                if (row.table() != table.number() || !isToBeShown(key, row) || isUnchanged(row)) {
                    continue;
                }
                if (writer.putIn(table, row)) {
                    putIn.add(key);
                } else {
                    obstacles.put(key, new Obstacle(Reason.REFUSED, null));
                    complete = false;
                }
            }
        }
        return complete;
    }

    private boolean isUnchanged(TrackedRow row) {
        Key key = keyOf(row);
        return row.wasShown() && !touched.contains(key) && isToBeShown(key, row);
    }

    private Set<Integer> save() throws SQLException {
        Set<Integer> changed = new HashSet<>();
        for (TrackedRow row : affected.values()) {
            Key key = keyOf(row);
            if (isUnchanged(row)) {
                continue;
            }
            Visibility visibility = visibility(key, row);
            row.setVisibility(visibility);
            if (row.wasShown() || visibility == Visibility.SHOWN) {
                changed.add(row.table());
            }
            saveHidden(row, obstacles.get(key));
            store.keepWhatIsNotShown(row);
            store.save(row);
        }
        return changed;
    }

    private Visibility visibility(Key key, TrackedRow row) {
        if (store.catalog().numbered(row.table()) == null) {
            return Visibility.UNKNOWN;
        }
        if (!row.isUndeleted()) {
            return Visibility.DELETED;
        }
        if (row.state().winner(RowState.EXISTS) == null) {
            return Visibility.FORGOTTEN;
        }
        return obstacles.containsKey(key) ? Visibility.HIDDEN : Visibility.SHOWN;
    }

    private void saveHidden(TrackedRow row, @Nullable Obstacle obstacle) throws SQLException {
        if (row.visibility() == Visibility.HIDDEN && obstacle != null) {
            Key blocker = obstacle.blocker();
            store.statements()
                    .update(
                            "INSERT OR REPLACE INTO tm_hidden VALUES (?, ?, ?, ?, ?)",
                            row.table(),
                            row.key(),
                            HiddenReasons.code(obstacle.reason()),
                            blocker == null ? null : blocker.table(),
                            blocker == null ? null : ChangeCodec.bytesOf(blocker.id()));
        } else if (row.visibilityBefore() == Visibility.HIDDEN) {
            store.forgetHidden(row);
        }
    }
}
