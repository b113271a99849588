package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.sql.Bytecode;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Determines which tables a statement of the application writes to, including the tables that its triggers write to.
 * {@code EXPLAIN} lists the root pages that the statement opens for writing, and the schema maps these pages to tables.
 * Not thread-safe.
 */
final class StatementEffects {
    /** The number of a statement's parameters, and the tables that it writes to. */
    record Effect(int parameters, Set<String> tables) {}

    private static final int MAX_REMEMBERED = 1000;
    private static final Set<String> ALLOWED = Set.of("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH");

    private final Statements statements;
    private final Connection connection;
    private Map<Integer, String> byRootPage = Map.of();
    private final Map<String, Effect> known = new HashMap<>();
    private long schemaVersion = -1;

    StatementEffects(Statements statements) {
        this.statements = statements;
        this.connection = statements.connection();
    }

    /**
     * Reads the root pages again if the schema version has changed. VACUUM, in any process, also changes the version
     * and moves the pages. Cached effects contain table names, so only a new statement needs the root pages.
     */
    private void refreshIfSchemaChanged() throws SQLException {
        long current = statements.number("PRAGMA schema_version");
        if (current == schemaVersion) {
            return;
        }
        byRootPage = Bytecode.tablesByRootPage(connection);
        schemaVersion = current;
    }

    /**
     * @throws QueryException if the text is not one statement that changes data, or the statement writes to the
     *     engine's tables
     */
    Effect of(String sql) throws SQLException {
        Effect effect = known.get(sql);
        if (effect == null) {
            if (!ALLOWED.contains(SqlText.firstWord(sql))) {
                throw new QueryException(Problem.STATEMENT_READS_ONLY, SqlErrors.excerpt(sql));
            }
            effect = remember(sql);
        }
        return effect;
    }

    /** Returns the tables that a query with a RETURNING clause writes to. */
    Set<String> tables(String sql) throws SQLException {
        Effect effect = known.get(sql);
        return (effect == null ? remember(sql) : effect).tables();
    }

    private Effect remember(String sql) throws SQLException {
        if (SqlText.hasSecondStatement(sql)) {
            throw new QueryException(Problem.STATEMENT_NOT_ONE, SqlErrors.excerpt(sql));
        }
        if (known.size() >= MAX_REMEMBERED) {
            known.clear();
        }
        Effect effect = explain(sql);
        known.put(sql, effect);
        return effect;
    }

    private Effect explain(String sql) throws SQLException {
        refreshIfSchemaChanged();
        Bytecode bytecode = Bytecode.of(connection, sql);
        Set<String> tables = new HashSet<>();
        Set<String> virtual = new HashSet<>();
        for (Bytecode.Instruction each : bytecode.instructions()) {
            String table = byRootPage.get(each.written());
            if (table != null) {
                if (table.startsWith("tm_")) {
                    throw new QueryException(Problem.STATEMENT_ENGINE_TABLE, SqlErrors.excerpt(sql));
                }
                tables.add(table);
            }
            if (each.virtualWritten() != null) {
                virtual.add(each.virtualWritten());
            }
        }
        tables.addAll(Bytecode.virtualTables(connection, virtual));
        return new Effect(bytecode.parameters(), tables);
    }
}
