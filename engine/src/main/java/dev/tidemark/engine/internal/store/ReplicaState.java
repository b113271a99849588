package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.schema.EngineTables;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TransactionException;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Identity and position of this replica, as read inside a transaction (docs/correctness.md#r10).
 *
 * @param exportedUpTo the number of the last own change that may have been exported. The changes up to it never change
 *     again (R6)
 */
record ReplicaState(
        int format,
        int schema,
        UUID library,
        ReplicaId replica,
        int replicaNumber,
        long head,
        long clock,
        long exportedUpTo) {

    static ReplicaState read(Statements statements) throws SQLException {
        ReplicaState state = statements.first(
                """
                SELECT s.format, s.schema, s.library, r.id, r.no, r.head, (SELECT max(clock) FROM tm_replica),
                  r.exported_up_to
                FROM tm_state s JOIN tm_replica r ON r.no = s.replica\
                """,
                row -> new ReplicaState(
                        row.getInt(1),
                        row.getInt(2),
                        ChangeCodec.idOf(row.getBytes(3)),
                        new ReplicaId(row.getLong(4)),
                        row.getInt(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8)));
        return java.util.Objects.requireNonNull(state, "The table tm_state is empty");
    }

    /** Throws if the database has a schema or format that is newer than this program. */
    void requireSchema(int known) {
        if (schema > known || format > EngineTables.FORMAT) {
            throw new TransactionException(Problem.TRANSACTION_SCHEMA_NEWER);
        }
    }

    /** Returns this state with another head and clock value. */
    ReplicaState at(long nextHead, long nextClock) {
        return new ReplicaState(format, schema, library, replica, replicaNumber, nextHead, nextClock, exportedUpTo);
    }

    /** Stores head and clock, which share a row so that a commit writes one page for both. */
    void store(Statements statements) throws SQLException {
        statements.update("UPDATE tm_replica SET head = ?, clock = ? WHERE no = ?", head, clock, replicaNumber);
    }
}
