package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.internal.sql.SqlAccess;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the engine's sync tables. Each call is one transaction. Thread-safe. */
final class StateTables {
    private final SqlAccess database;

    StateTables(SqlAccess database) {
        this.database = database;
    }

    <T> List<T> list(String sql, Statements.RowReader<T> reader, @Nullable Object... values) {
        return database.query(statements -> statements.list(sql, reader, values));
    }

    <T> @Nullable T first(String sql, Statements.RowReader<T> reader, @Nullable Object... values) {
        return database.<@Nullable T>query(statements -> statements.first(sql, reader, values));
    }

    boolean exists(String sql, @Nullable Object... values) {
        return first(sql, row -> true, values) != null;
    }

    void update(String sql, @Nullable Object... values) {
        inTransaction(statements -> statements.update(sql, values));
    }

    /** Runs an update that can be repeated, and does not wait for an fsync: see {@link SqlAccess#updateWithoutFsync}. */
    void updateCache(SqlFunction<Statements, Integer> work) {
        database.updateWithoutFsync(work);
    }

    void inTransaction(SqlFunction<Statements, Integer> work) {
        database.update(work);
    }
}
