package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.QueryException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds syncs that removed more than half of the rows, by deletes of one device or by snapshots. Lists the removed
 * rows. Works through one connection, in its transaction; not thread-safe.
 */
final class MassDeletes {
    /** A library with fewer rows is not checked, because its user notices a loss quickly. */
    static final long MIN_ROWS = 20;

    /** How long a snapshot's removal of most rows can be undone. */
    private static final Duration RETENTION = Duration.ofDays(30);

    /**
     * A removed row.
     *
     * @param values the values of the row, including its id, if the database has no state of the row any more; else
     *     {@code null}
     */
    record DeletedRow(String table, UUID row, @Nullable Map<String, @Nullable Object> values) {}

    private final Statements statements;
    private final NameDictionary names;
    private final Catalog catalog;

    MassDeletes(Statements statements, Catalog catalog) throws SQLException {
        this.statements = statements;
        this.names = new NameDictionary(statements.connection());
        this.catalog = catalog;
    }

    long rows() throws SQLException {
        long rows = 0;
        for (SyncedTable table : catalog.tables()) {
            rows += statements.number("SELECT count(*) FROM main." + table.quoted());
        }
        return rows;
    }

    /**
     * Returns the mass delete of a sync: the removals by snapshots, or else the deletes of a device whose changes in
     * this sync deleted more than half of the rows. Empty if neither removed so many rows.
     *
     * @param held the version vector before the sync
     * @param before the number of rows before the sync
     */
    Optional<MassDelete> since(VersionVector held, VersionVector now, long before, Instant when) throws SQLException {
        Optional<MassDelete> removed = removed(before, when);
        if (removed.isPresent()) {
            return removed;
        }
        for (Map.Entry<ReplicaId, Long> head : now.heads().entrySet()) {
            long first = held.get(head.getKey()) + 1;
            if (head.getValue() - first + 1 <= before / 2) {
                continue;
            }
            long gone = deletedRows(head.getKey(), first, head.getValue()).size();
            if (gone > before / 2) {
                String select = "SELECT name FROM tm_replica WHERE id = ?";
                String name = statements.first(
                        select, row -> row.getString(1), head.getKey().value());
                return Optional.of(new MassDelete(
                        head.getKey(), name == null ? "" : name, first, head.getValue(), gone, before, when));
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the rows whose latest delete is one of the changes from {@code first} to {@code last} of the replica,
     * parents first. Reads cell state, because a snapshot may have replaced the changes in the changelog. If {@code
     * last} is 0, returns the rows that snapshots removed.
     */
    List<DeletedRow> deletedRows(ReplicaId replica, long first, long last) throws SQLException {
        if (last == 0) {
            return copies();
        }
        int number = names.replica(replica);
        List<DeletedRow> deleted = new ArrayList<>();
        for (SyncedTable table : catalog.tables()) {
            deleted.addAll(statements
                    .list(
                            "SELECT id, cells FROM tm_row WHERE table_no = ? AND status & 7 = ?",
                            row -> new Deleted(
                                    ChangeCodec.idOf(row.getBytes(1)),
                                    RowState.unpack(row.getBytes(2)).delete()),
                            table.number(),
                            Visibility.DELETED.code())
                    .stream()
                    .filter(row -> row.by != null
                            && row.by.replica() == number
                            && row.by.sequence() >= first
                            && row.by.sequence() <= last)
                    .sorted(Comparator.comparingLong(
                            row -> Objects.requireNonNull(row.by).sequence()))
                    .map(row -> new DeletedRow(table.name(), row.row, null))
                    .toList());
        }
        return deleted;
    }

    /**
     * Returns all removals by snapshots as one mass delete, if those that are not listed yet are more than half of the
     * rows. The result includes the listed removals, because one undo restores all of them.
     *
     * @param before the number of rows before the sync
     */
    Optional<MassDelete> removed(long before, Instant when) throws SQLException {
        MassDelete listed = bySnapshot(when);
        long rows = removedRows();
        long unlisted = rows - (listed == null ? 0 : listed.rows());
        if (before < MIN_ROWS || unlisted <= before / 2) {
            return Optional.empty();
        }
        ReplicaId self = ReplicaState.read(statements).replica();
        return Optional.of(new MassDelete(self, "", 0, 0, rows, before + (listed == null ? 0 : listed.before()), when));
    }

    /** Returns the listed removals by snapshots, if they can still be undone. */
    private @Nullable MassDelete bySnapshot(Instant now) throws SQLException {
        return all().stream()
                .filter(each -> each.isBySnapshot() && each.noticed().isAfter(now.minus(RETENTION)))
                .findFirst()
                .orElse(null);
    }

    private long removedRows() throws SQLException {
        return statements.number("SELECT count(*) FROM tm_snapshot_removed");
    }

    /** Returns whether the database retains removed rows that no listed mass delete can restore. */
    boolean hasUnlistedRows(Instant now) throws SQLException {
        return removedRows() > 0 && bySnapshot(now) == null;
    }

    private List<DeletedRow> copies() throws SQLException {
        List<DeletedRow> removed = new ArrayList<>();
        for (SyncedTable table : catalog.tables()) {
            removed.addAll(statements.list(
                    "SELECT id, cells FROM tm_snapshot_removed WHERE table_no = ?",
                    row -> {
                        UUID id = ChangeCodec.idOf(row.getBytes(1));
                        return new DeletedRow(table.name(), id, named(table, id, row.getBytes(2)));
                    },
                    table.number()));
        }
        return removed;
    }

    private static Map<String, @Nullable Object> named(SyncedTable table, UUID id, byte[] cells) {
        Map<Integer, @Nullable Object> values = CellStore.unpackCells(cells);
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("id", CellStore.idValue(table, id));
        for (SyncedTable.Column column : table.columns()) {
            if (values.containsKey(column.cell())) {
                named.put(column.name(), values.get(column.cell()));
            }
        }
        return named;
    }

    private record Deleted(UUID row, @Nullable Write by) {}

    void add(MassDelete found) throws SQLException {
        statements.update(
                "INSERT OR REPLACE INTO tm_mass_delete VALUES (?, ?, ?, ?, ?, ?)",
                names.replica(found.replica()),
                found.first(),
                found.last(),
                found.rows(),
                found.before(),
                found.noticed().toEpochMilli());
    }

    /**
     * Removes an undone mass delete. Rows that a snapshot removed and that SQLite refused to restore stay stored, so
     * that the undo can be repeated.
     */
    void remove(MassDelete undone, List<DeletedRow> back) throws SQLException {
        if (!undone.isBySnapshot()) {
            String delete = "DELETE FROM tm_mass_delete WHERE replica_no = ? AND first = ?";
            statements.update(delete, names.replica(undone.replica()), undone.first());
            return;
        }
        for (DeletedRow row : back) {
            String sql = "DELETE FROM tm_snapshot_removed WHERE table_no = ? AND id = ?";
            statements.update(sql, names.table(row.table()), ChangeCodec.bytesOf(row.row()));
        }
        long left = removedRows();
        if (left == 0) {
            clearRemoved();
        } else {
            statements.update("UPDATE tm_mass_delete SET \"rows\" = ? WHERE last = 0", left);
        }
    }

    void clearRemoved() throws SQLException {
        statements.update("DELETE FROM tm_snapshot_removed");
        statements.update("DELETE FROM tm_mass_delete WHERE last = 0");
    }

    /** Returns the mass deletes that were not undone, the latest first. */
    List<MassDelete> all() throws SQLException {
        return statements.list(
                """
                SELECT r.id, r.name, d.first, d.last, d."rows", d.before, d.noticed
                FROM tm_mass_delete d JOIN tm_replica r ON r.no = d.replica_no ORDER BY d.noticed DESC, r.id\
                """,
                row -> new MassDelete(
                        new ReplicaId(row.getLong(1)),
                        row.getString(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        Instant.ofEpochMilli(row.getLong(7))));
    }

    record Restored(long rows, List<DeletedRow> settled) {}

    /**
     * Restores rows as new writes. A row that SQLite refuses is tried again after the others, because it may need one
     * of them. A row that SQLite always refuses stays deleted.
     */
    static Restored restore(dev.tidemark.engine.Transaction transaction, List<DeletedRow> deleted) {
        List<DeletedRow> left = deleted;
        List<DeletedRow> settled = new ArrayList<>();
        long restored = 0;
        while (!left.isEmpty()) {
            List<DeletedRow> refused = new ArrayList<>();
            for (DeletedRow row : left) {
                try {
                    restored += restore(transaction, row) ? 1 : 0;
                    settled.add(row);
                } catch (QueryException e) {
                    refused.add(row);
                }
            }
            if (refused.size() == left.size()) {
                break;
            }
            left = refused;
        }
        return new Restored(restored, settled);
    }

    private static boolean restore(dev.tidemark.engine.Transaction transaction, DeletedRow row) {
        Map<String, @Nullable Object> values = row.values();
        if (values == null) {
            return transaction.restore(row.table(), row.row());
        }
        String insert = SqlText.insert(row.table(), values.keySet()) + " ON CONFLICT (id) DO NOTHING";
        return transaction.execute(insert, values.values().toArray()) > 0;
    }
}
