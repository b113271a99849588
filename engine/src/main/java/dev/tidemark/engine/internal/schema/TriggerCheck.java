package dev.tidemark.engine.internal.schema;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.internal.sql.Bytecode;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses triggers of the application that write to synced tables. They would also fire on merges, whose writes are not
 * captured, and replicas would differ (docs/correctness.md#r1). {@code EXPLAIN} lists the triggers' programs after that
 * of the statement; each begins at address 0. Triggers on views are allowed, because only applications write to views.
 *
 * @param connection a connection with foreign keys off; otherwise foreign key actions would count as triggers
 */
record TriggerCheck(Connection connection, Set<String> synced) {
    /** @throws Database.OpenException if there is such a trigger */
    void run() throws SQLException {
        List<String> tables = Statements.rows(connection, """
            SELECT DISTINCT t.name FROM main.sqlite_schema t JOIN main.sqlite_schema g ON g.tbl_name = t.name
            WHERE t.type = 'table' AND g.type = 'trigger'\
            """, row -> row.getString(1));
        Map<Integer, String> tableByRootPage = Bytecode.tablesByRootPage(connection);
        for (String table : tables) {
            for (Bytecode write : Bytecode.ofWrites(connection, table)) {
                check(table, write, tableByRootPage);
            }
        }
    }

    private void check(String table, Bytecode write, Map<Integer, String> tableByRootPage) {
        int programs = 0;
        for (Bytecode.Instruction each : write.instructions()) {
            programs += each.address() == 0 ? 1 : 0;
            String written = tableByRootPage.get(each.written());
            if (programs > 1 && written != null && synced.contains(written)) {
                throw new Database.OpenException(Problem.SCHEMA_TRIGGER_WRITES_SYNCED, table, written);
            }
        }
    }
}
