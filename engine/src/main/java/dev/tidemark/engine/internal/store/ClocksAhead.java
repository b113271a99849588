package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseEvent.ClockAhead;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores in {@code tm_clock_ahead} the replicas whose clocks are ahead of this computer's. Every process reads the
 * table to warn its user, also after a restart. Not thread-safe.
 */
record ClocksAhead(Statements statements, DatabaseOptions options) {
    private long tolerated() {
        return options.clock().millis() + options.clockTolerance().toMillis();
    }

    /**
     * Stores the replicas whose last change has a wall time too far ahead, and removes the replicas whose last change
     * does not. Compares wall times instead of HLC timestamps, because a replica that has applied a timestamp that is
     * ahead writes such timestamps itself, even if its clock is right.
     *
     * @return the replicas that have a change too far ahead, each with its latest wall time in milliseconds since 1970
     */
    Map<ReplicaId, Long> recordAhead(List<Change> changes) throws SQLException {
        long tolerated = tolerated();
        Map<ReplicaId, Long> ahead = new HashMap<>();
        Map<ReplicaId, Boolean> right = new HashMap<>();
        for (Change change : changes) {
            boolean isRight = change.wallMillis() <= tolerated;
            right.put(change.dot().replica(), isRight);
            if (!isRight) {
                ahead.merge(change.dot().replica(), change.wallMillis(), Math::max);
            }
        }
        for (Map.Entry<ReplicaId, Boolean> last : right.entrySet()) {
            Long claimed = ahead.get(last.getKey());
            recordAhead(last.getKey(), last.getValue() ? null : claimed);
        }
        return ahead;
    }

    /**
     * Does the same as {@link #recordAhead} for the changes of a snapshot.
     *
     * @param latest the wall time of each replica's latest change, in milliseconds since 1970
     */
    Map<ReplicaId, Long> recordLatest(Map<ReplicaId, Long> latest) throws SQLException {
        long tolerated = tolerated();
        Map<ReplicaId, Long> ahead = new HashMap<>();
        for (Map.Entry<ReplicaId, Long> last : latest.entrySet()) {
            boolean isRight = last.getValue() <= tolerated;
            recordAhead(last.getKey(), isRight ? null : last.getValue());
            if (!isRight) {
                ahead.put(last.getKey(), last.getValue());
            }
        }
        return ahead;
    }

    private void recordAhead(ReplicaId replica, @Nullable Long claimed) throws SQLException {
        if (claimed == null) {
            statements.update(
                    "DELETE FROM tm_clock_ahead WHERE replica_no = (SELECT no FROM tm_replica WHERE id = ?)",
                    replica.value());
        } else {
            String insert = "INSERT OR REPLACE INTO tm_clock_ahead SELECT no, ?, ? FROM tm_replica WHERE id = ?";
            statements.update(insert, claimed, options.clock().millis(), replica.value());
        }
    }

    /** Returns the recorded clocks whose wall times are still too far ahead. */
    List<ClockAhead> ahead() throws SQLException {
        return statements.list(
                """
                SELECT r.id, r.name, a.wall, a.noticed FROM tm_clock_ahead a JOIN tm_replica r ON r.no = a.replica_no
                WHERE a.wall > ? ORDER BY r.id\
                """,
                row -> new ClockAhead(
                        new ReplicaId(row.getLong(1)),
                        row.getString(2),
                        row.getLong(3),
                        Duration.ofMillis(row.getLong(3) - row.getLong(4))),
                tolerated());
    }
}
