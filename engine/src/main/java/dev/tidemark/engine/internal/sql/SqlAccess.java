package dev.tidemark.engine.internal.sql;

import org.jspecify.annotations.Nullable;

/** Runs the engine's statements on one database, each call in a transaction of its own. Thread-safe. */
public interface SqlAccess {
    /** Runs work in a read transaction: all its queries see one state of the database. */
    <T extends @Nullable Object> T query(SqlFunction<Statements, T> work);

    /**
     * Runs work on the engine's tables in a write transaction, which is durable when this returns, in every mode.
     *
     * @throws dev.tidemark.engine.problem.TransactionException if it fails; nothing was changed
     */
    <T extends @Nullable Object> T update(SqlFunction<Statements, T> work);
}
