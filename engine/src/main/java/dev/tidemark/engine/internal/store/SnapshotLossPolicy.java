package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a snapshot may remove live rows, or cells of live rows, from this device (docs/correctness.md#r3 and
 * #r4, decision 49). Works inside the transaction that merges the snapshot; not thread-safe.
 *
 * <p>Other devices collect a tombstone only after every device that they wait for has applied and acknowledged the
 * delete. So no valid snapshot lacks a row that is live on such a device. The other devices wait for a device from its
 * first complete sync on, except while it returns under a new id. A device for which the others do not wait stores lost
 * cells in {@code tm_snapshot_removed}, until {@link MassDeletes} has examined them.
 */
record SnapshotLossPolicy(Statements statements, boolean waitedFor, boolean undoable) {
    /** Thrown to refuse the snapshot, so that the transaction rolls back. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static SnapshotLossPolicy begin(Statements statements) throws SQLException {
        boolean hasStorage = exists(statements, "SELECT 1 FROM tm_remote");
        boolean hasSynced = exists(statements, "SELECT 1 FROM tm_remote WHERE success_at > 0");
        boolean returns = exists(statements, "SELECT 1 FROM tm_remote_retired WHERE former = 2");
        return new SnapshotLossPolicy(statements, hasSynced && !returns, hasStorage);
    }

    /** Returns whether the snapshot may remove rows and copies of these rows are stored. */
    boolean areUndoable() {
        return undoable && !waitedFor;
    }

    private static boolean exists(Statements statements, String query) throws SQLException {
        return statements.exists(query + " LIMIT 1");
    }

    /**
     * Called for a live row that loses cells. Refuses the snapshot if others wait for this device. Otherwise stores a
     * copy of the values, if the removal can be undone.
     */
    void note(int table, UUID row, Map<Integer, @Nullable Object> values) throws SQLException {
        if (waitedFor) {
            throw new RefusedException();
        }
        if (undoable) {
            String insert = "INSERT OR REPLACE INTO tm_snapshot_removed VALUES (?, ?, ?)";
            statements.update(insert, table, ChangeCodec.bytesOf(row), CellStore.packCells(values));
        }
    }
}
