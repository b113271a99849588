package dev.tidemark.engine.internal.sql;

import org.jspecify.annotations.Nullable;

/** Runs the engine's statements on one database, each call in a transaction of its own. Thread-safe. */
public interface SqlAccess {
    /** Runs work in a read transaction. All queries of the work see one state of the database. */
    <T extends @Nullable Object> T query(SqlFunction<Statements, T> work);

    /**
     * Runs work on the engine's tables in a write transaction. When the method returns, the transaction is durable,
     * whatever the database's {@link dev.tidemark.engine.Durability}.
     *
     * @throws dev.tidemark.engine.problem.TransactionException if the transaction fails; nothing was changed
     */
    <T extends @Nullable Object> T update(SqlFunction<Statements, T> work);

    /**
     * Runs work as {@link #update} does, but does not wait for an fsync. After a power cut the transaction may be gone, so
     * this is for what can be read or computed again, and for statistics.
     *
     * @throws dev.tidemark.engine.problem.TransactionException if the transaction fails; nothing was changed
     */
    <T extends @Nullable Object> T updateWithoutFsync(SqlFunction<Statements, T> work);
}
