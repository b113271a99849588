package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.RowState;
import dev.tidemark.engine.internal.cells.Sibling;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.Values;
import dev.tidemark.engine.problem.QueryException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the descendants of a row that were deleted with it. The changes of a transaction share one wall time, so
 * rows that the same replica deleted at the same wall time count as deleted together. Serves one transaction; not
 * thread-safe.
 */
record CascadedRows(SqlTransaction transaction, CellStore cells) {
    private static final Logger LOG = LoggerFactory.getLogger(CascadedRows.class);

    /** The wall time at which a replica deleted something. */
    private record Moment(int replica, long wallMillis) {
        static Moment of(Write write) {
            return new Moment(write.replica(), write.wallMillis());
        }
    }

    private record Deleted(UUID id, RowState state) {}

    /** Returns how many rows it restored. */
    long restore(SyncedTable table, UUID id) throws SQLException {
        Set<Moment> deletes = new HashSet<>();
        TrackedRow row = cells.load(table.number(), id);
        Write latest = row.state().delete();
        if (latest != null) {
            deletes.add(Moment.of(latest));
        }
        row.siblings().stream()
                .filter(sibling -> sibling.cell() == Sibling.DELETE)
                .forEach(sibling -> deletes.add(new Moment(sibling.replica(), sibling.wallMillis())));
        return deletes.isEmpty() ? 0 : restore(table, id, deletes);
    }

    private long restore(SyncedTable parent, UUID id, Set<Moment> deletes) throws SQLException {
        long restored = 0;
        for (SyncedTable child : cells.catalog().tables()) {
            for (SyncedTable.Parent reference : child.parents()) {
                if (reference.table().equalsIgnoreCase(parent.name())) {
                    Object value = CellStore.idValue(parent, id);
                    for (UUID row : deleted(child, deletes)) {
                        TrackedRow known = cells.load(child.number(), row);
                        if (Values.areIdentical(
                                        known.values().get(reference.column().cell()), value)
                                && isRestored(child, row)) {
                            restored += 1 + restore(child, row, deletes);
                        }
                    }
                }
            }
        }
        return restored;
    }

    private List<UUID> deleted(SyncedTable table, Set<Moment> deletes) throws SQLException {
        return cells
                .statements()
                .list(
                        "SELECT id, cells FROM tm_row INDEXED BY tm_row_deleted"
                                + " WHERE table_no = ? AND status IN (2, 34)",
                        row -> new Deleted(ChangeCodec.idOf(row.getBytes(1)), RowState.unpack(row.getBytes(2))),
                        table.number())
                .stream()
                .filter(row -> {
                    Write delete = row.state().delete();
                    return delete != null && deletes.contains(Moment.of(delete));
                })
                .map(Deleted::id)
                .toList();
    }

    private boolean isRestored(SyncedTable table, UUID row) {
        try {
            return transaction.restore(table.name(), row);
        } catch (QueryException e) {
            LOG.info("A row that was deleted with its parent cannot be restored", e);
            return false;
        }
    }
}
