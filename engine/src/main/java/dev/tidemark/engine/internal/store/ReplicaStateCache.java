package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Caches the state of this replica for the transactions of one connection. Each transaction asks SQLite whether another
 * connection has committed. If so, it reads the state again (docs/correctness.md#r10). Not thread-safe.
 */
final class ReplicaStateCache {
    private final WriteSession session;
    private long dataVersion;
    private @Nullable ReplicaState replica;
    private VersionVector vector = VersionVector.EMPTY;
    private boolean anyHidden;
    private List<ReplicaIdRotation.Rotation> rotations = List.of();
    private @Nullable ReplicaId identity;

    ReplicaStateCache(WriteSession session) {
        this.session = session;
    }

    /** Returns the current state. Must be called inside the transaction, before the transaction changes anything. */
    ReplicaState read() throws SQLException {
        long version = session.connection().dataVersion();
        ReplicaState known = replica;
        if (known == null || version != dataVersion) {
            invalidate();
            known = ReplicaState.read(session.statements());
            if (!known.replica().equals(identity)) {
                // Another connection has changed the replica id, and may have removed replica numbers.
                session.names().reload();
                identity = known.replica();
                rotations = ReplicaIdRotation.Rotation.all(session.statements());
            }
            vector = session.reader().vector();
            anyHidden = session.statements().exists("SELECT 1 FROM tm_hidden LIMIT 1");
            dataVersion = version;
            replica = known;
        }
        return known;
    }

    /** Returns the version vector of the changes that are applied. */
    VersionVector vector() {
        return vector;
    }

    /**
     * Translates a vector, with which a form was opened, to the current replica id. Any process may have changed the id
     * since.
     */
    VersionVector translateSeen(VersionVector opened) {
        VersionVector seen = opened;
        for (ReplicaIdRotation.Rotation each : rotations) {
            seen = each.translateSeen(seen);
        }
        return seen;
    }

    /** Returns whether any row was hidden when the transaction began. */
    boolean anyHidden() {
        return anyHidden;
    }

    /** Stores the clock value and the head after a transaction that has changed nothing else of the state. */
    void advance(ReplicaState from, long head, long clock) throws SQLException {
        ReplicaState next = from.at(head, clock);
        next.store(session.statements());
        replica = next;
        vector = vector.with(next.replica(), head);
    }

    /**
     * Makes the next transaction read the state again. Called after a rollback, or if more than clock and head has
     * changed.
     */
    void invalidate() {
        replica = null;
    }
}
