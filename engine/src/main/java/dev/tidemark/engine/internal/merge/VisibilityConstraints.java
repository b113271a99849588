package dev.tidemark.engine.internal.merge;

import dev.tidemark.engine.history.HiddenRow.Reason;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowKey;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.schema.SyncedTable.Column;
import dev.tidemark.engine.internal.schema.SyncedTable.Parent;
import dev.tidemark.engine.internal.schema.SyncedTable.UniqueKey;
import dev.tidemark.engine.internal.sql.AsciiCase;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the affected rows that cannot be shown, and for each the constraint that it violates. Starts without violations
 * and never removes one, so the remaining rows are the greatest set that can be shown together. Not thread-safe.
 */
final class VisibilityConstraints {
    /** The reason why a row is hidden, and the row that blocks it, if there is one. */
    record Violation(Reason reason, @Nullable RowKey blocker) {}

    private final CellStore store;
    private final TableWriter writer;
    private final AffectedRows affected;
    private final Map<RowKey, Violation> violations = new HashMap<>();
    private final Map<RowKey, Boolean> shownElsewhere = new HashMap<>();
    private final Map<RowKey, List<RowKey>> affectedChildren = new HashMap<>();

    VisibilityConstraints(CellStore store, TableWriter writer, AffectedRows affected) {
        this.store = store;
        this.writer = writer;
        this.affected = affected;
    }

    @Nullable
    Violation of(TrackedRow row) {
        return violations.get(row.name());
    }

    void refuse(TrackedRow row) {
        violations.put(row.name(), new Violation(Reason.REFUSED, null));
    }

    /**
     * Adds a violation to each live row that has the same values in a unique key as an older live row. The result does
     * not depend on the order of the affected rows.
     */
    void resolveUniqueConflicts() {
        Map<List<Object>, TrackedRow> holders = new HashMap<>();
        for (TrackedRow row : affected.all()) {
            for (List<Object> claim : claimsOf(row)) {
                holders.merge(claim, row, (holder, other) -> isOlder(other, holder) ? other : holder);
            }
        }
        for (TrackedRow row : affected.all()) {
            for (List<Object> claim : claimsOf(row)) {
                TrackedRow holder = Objects.requireNonNull(holders.get(claim));
                if (holder != row) {
                    violations.putIfAbsent(row.name(), new Violation(Reason.UNIQUE_CONFLICT, holder.name()));
                }
            }
        }
    }

    private List<List<Object>> claimsOf(TrackedRow row) {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || table.uniqueKeys().isEmpty() || !row.isLive()) {
            return List.of();
        }
        List<List<Object>> claims = new ArrayList<>();
        for (UniqueKey unique : table.uniqueKeys()) {
            List<Object> claim = UniqueClaim.of(table, unique, AffectedRows.uniqueValues(row, unique));
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

    /**
     * Adds a violation to each row that lacks the value of a NOT NULL column or whose parent is not shown. A violation
     * hides the row, which may hide its children, so the children are checked again, until no violation is added.
     */
    void resolveParents() throws SQLException {
        affectedChildren.clear();
        affected.all().forEach(this::indexByParents);
        Deque<RowKey> open = new ArrayDeque<>();
        affected.all().forEach(row -> open.add(row.name()));
        while (!open.isEmpty()) {
            RowKey key = open.remove();
            TrackedRow row = affected.find(key);
            if (row == null) {
                continue;
            }
            if (shouldBeVisible(row)) {
                Violation violation = findViolation(row);
                if (violation == null) {
                    continue;
                }
                violations.put(key, violation);
            }
            // The row is not shown, so its children cannot be shown.
            for (RowKey child : shownChildren(row)) {
                TrackedRow added = affected.load(child);
                if (added != null) {
                    indexByParents(added);
                    open.add(child);
                }
            }
            for (RowKey other : affectedChildren.getOrDefault(key, List.of())) {
                if (!violations.containsKey(other)) {
                    open.add(other);
                }
            }
        }
    }

    /** Returns whether the row is live, its table is known, and it has no violation so far. */
    boolean shouldBeVisible(TrackedRow row) {
        return (violations.isEmpty() || !violations.containsKey(row.name()))
                && row.isLive()
                && store.catalog().numbered(row.table()) != null;
    }

    private @Nullable Violation findViolation(TrackedRow row) throws SQLException {
        SyncedTable table = Objects.requireNonNull(store.catalog().numbered(row.table()));
        for (Column column : table.columns()) {
            if (column.notNull() && AffectedRows.valueOf(row, column) == null) {
                return new Violation(Reason.INCOMPLETE, null);
            }
        }
        for (Parent parent : table.parents()) {
            Object reference = AffectedRows.valueOf(row, parent.column());
            if (reference == null) {
                continue;
            }
            SyncedTable parentTable = Objects.requireNonNull(store.catalog().named(parent.table()));
            UUID parentId = TableWriter.idFrom(reference);
            if (parentId == null) {
                return new Violation(Reason.REFUSED, null);
            }
            RowKey parentKey = new RowKey(parentTable.number(), parentId);
            TrackedRow parentRow = affected.find(parentKey);
            boolean shown = parentRow != null ? shouldBeVisible(parentRow) : isShown(parentTable, parentKey);
            if (!shown) {
                return new Violation(Reason.PARENT, parentKey);
            }
        }
        return null;
    }

    private boolean isShown(SyncedTable table, RowKey key) throws SQLException {
        Boolean known = shownElsewhere.get(key);
        if (known == null) {
            known = writer.isShown(table, key.id());
            shownElsewhere.put(key, known);
        }
        return known;
    }

    private List<RowKey> shownChildren(TrackedRow row) throws SQLException {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null || !row.wasShown()) {
            return List.of();
        }
        List<RowKey> children = new ArrayList<>();
        for (Catalog.Reference reference : store.catalog().referencesTo(table)) {
            writer.shownReferring(reference.child(), reference.column(), CellStore.idValue(table, row.id()))
                    .forEach(id -> children.add(new RowKey(reference.child().number(), id)));
        }
        return children;
    }

    private void indexByParents(TrackedRow row) {
        SyncedTable table = store.catalog().numbered(row.table());
        if (table == null) {
            return;
        }
        for (Parent reference : table.parents()) {
            SyncedTable parent = Objects.requireNonNull(store.catalog().named(reference.table()));
            UUID id = TableWriter.idFrom(AffectedRows.valueOf(row, reference.column()));
            if (id != null) {
                affectedChildren
                        .computeIfAbsent(new RowKey(parent.number(), id), key -> new ArrayList<>())
                        .add(row.name());
            }
        }
    }

    /**
     * Converts a row's values in a unique key to a list. Values that are equal in SQLite's collations give equal lists.
     */
    private static final class UniqueClaim {
        private UniqueClaim() {}

        /** Returns the claim; {@code null} if a value is NULL, because NULL never conflicts. */
        static @Nullable List<Object> of(SyncedTable table, UniqueKey unique, List<@Nullable Object> values) {
            List<Object> claim = new ArrayList<>();
            claim.add(table.number());
            claim.add(unique);
            for (int index = 0; index < values.size(); index++) {
                Object value = values.get(index);
                if (value == null) {
                    return null;
                }
                claim.add(normal(value, unique.collations().get(index)));
            }
            return claim;
        }

        private static Object normal(Object value, String collation) {
            return switch (value) {
                case byte[] bytes -> ByteBuffer.wrap(bytes);
                case Double number when number.longValue() == number -> number.longValue();
                case String text when collation.equals("NOCASE") -> AsciiCase.lower(text);
                case String text when collation.equals("RTRIM") -> text.replaceFirst(" +$", "");
                default -> value;
            };
        }
    }
}
