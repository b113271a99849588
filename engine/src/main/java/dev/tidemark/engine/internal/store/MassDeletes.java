package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.TrackedRow.Visibility;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the syncs in which one device's deletes took most of the library away, and what they took. Works through one
 * connection, in its transaction; not thread-safe.
 */
final class MassDeletes {
    /** Fewer rows than that are no library yet, and their loss is quickly seen. */
    static final long FEWEST = 20;

    /** A row that is gone. */
    record Gone(String table, UUID row) {}

    private final Statements statements;
    private final Names names;
    private final Catalog catalog;

    MassDeletes(Statements statements, Catalog catalog) throws SQLException {
        this.statements = statements;
        this.names = new Names(statements.connection());
        this.catalog = catalog;
    }

    /** How many rows the synced tables show. */
    long rows() throws SQLException {
        long rows = 0;
        for (SyncedTable table : catalog.tables()) {
            Long count = statements.first("SELECT count(*) FROM main." + table.quoted(), row -> row.getLong(1));
            rows += count == null ? 0 : count;
        }
        return rows;
    }

    /**
     * The device that deleted more than half of the rows there were, with changes that were not here before; at most one
     * can have.
     *
     * @param held what was here before
     * @param before how many rows there were
     */
    Optional<MassDelete> since(VersionVector held, VersionVector now, long before, Instant when) throws SQLException {
        for (Map.Entry<ReplicaId, Long> head : now.heads().entrySet()) {
            long first = held.get(head.getKey()) + 1;
            if (head.getValue() - first + 1 <= before / 2) {
                continue;
            }
            long gone = gone(head.getKey(), first, head.getValue()).size();
            if (gone > before / 2) {
                String name = statements.first(
                        "SELECT name FROM tm_replica WHERE id = ?",
                        row -> row.getString(1),
                        head.getKey().value());
                return Optional.of(new MassDelete(
                        head.getKey(), name == null ? "" : name, first, head.getValue(), gone, before, when));
            }
        }
        return Optional.empty();
    }

    /**
     * The rows whose latest delete is one of these changes, and which nobody has brought back; parents first. They are told
     * by what is known of each row, not by the log, which a snapshot may have taken the place of.
     */
    List<Gone> gone(ReplicaId replica, long first, long last) throws SQLException {
        int number = names.replica(replica);
        List<Gone> gone = new ArrayList<>();
        for (SyncedTable table : catalog.tables()) {
            gone.addAll(statements
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
                    .map(row -> new Gone(table.name(), row.row))
                    .toList());
        }
        return gone;
    }

    private record Deleted(UUID row, @Nullable Write by) {}

    void remember(MassDelete found) throws SQLException {
        statements.update(
                "INSERT OR REPLACE INTO tm_mass_delete VALUES (?, ?, ?, ?, ?, ?)",
                names.replica(found.replica()),
                found.first(),
                found.last(),
                found.rows(),
                found.before(),
                found.noticed().toEpochMilli());
    }

    void forget(MassDelete undone) throws SQLException {
        statements.update(
                "DELETE FROM tm_mass_delete WHERE replica_no = ? AND first = ?",
                names.replica(undone.replica()),
                undone.first());
    }

    /** Those that were noticed and not taken back, the latest first. */
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

    /**
     * Brings rows back as new writes. What SQLite does not take yet may wait for another of the rows; what it never takes
     * stays deleted.
     *
     * @return how many came back
     */
    static long restore(dev.tidemark.engine.Transaction transaction, List<Gone> gone) {
        List<Gone> left = gone;
        long restored = 0;
        while (!left.isEmpty()) {
            List<Gone> refused = new ArrayList<>();
            for (Gone row : left) {
                try {
                    restored += transaction.restore(row.table(), row.row()) ? 1 : 0;
                } catch (QueryException e) {
                    refused.add(row);
                }
            }
            if (refused.size() == left.size()) {
                return restored;
            }
            left = refused;
        }
        return restored;
    }
}
