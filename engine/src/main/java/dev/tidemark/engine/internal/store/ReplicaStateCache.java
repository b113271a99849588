package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who this copy is and what it holds, for the transactions of one connection. Read inside each of them
 * (docs/correctness.md#r10), which takes no more than asking SQLite whether another connection has committed since:
 * only then is everything read again. Not thread-safe.
 */
final class ReplicaStateCache {
    private final WriteSession session;
    private long dataVersion;
    private @Nullable ReplicaState replica;
    private VersionVector vector = VersionVector.EMPTY;
    private boolean anyHidden;
    private List<ReplicaIdRotation.Rotation> rotations = List.of();
    private @Nullable ReplicaId identity;

    ReplicaStateCache(WriteSession side) {
        this.session = side;
    }

    /** Brings it up to date; inside the transaction, before it changes anything. */
    ReplicaState read() throws SQLException {
        long version = session.connection().dataVersion();
        ReplicaState known = replica;
        if (known == null || version != dataVersion) {
            invalidate();
            known = ReplicaState.read(session.statements());
            if (!known.replica().equals(identity)) {
                // Somebody made this copy another replica, and may have given up the numbers of those known before.
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

    /** What had been applied when the transaction began. */
    VersionVector vector() {
        return vector;
    }

    /** What a form had seen, in the numbers of now: this copy, in whatever process, may have taken a fresh id since. */
    VersionVector translateSeen(VersionVector opened) {
        VersionVector seen = opened;
        for (ReplicaIdRotation.Rotation each : rotations) {
            seen = each.translateSeen(seen);
        }
        return seen;
    }

    /** Whether any row was hidden when the transaction began. */
    boolean anyHidden() {
        return anyHidden;
    }

    /** Stores where the transaction leaves the clock and the own sequence; nothing else of the state has changed. */
    void advance(ReplicaState from, long head, long clock) throws SQLException {
        ReplicaState next = from.at(head, clock);
        next.store(session.statements());
        replica = next;
        vector = vector.with(next.replica(), head);
    }

    /** Has everything read again next time: after a rollback, or when more than the own head has changed. */
    void invalidate() {
        replica = null;
    }
}
