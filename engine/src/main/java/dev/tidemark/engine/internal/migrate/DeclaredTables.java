package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;

/** The tables that the application's schema declares as synced, now and when the database was last opened. */
record DeclaredTables(Statements statements, Set<String> now) {
    /** Returns the tables declared so far. All their rows are tracked. */
    Set<String> before() throws SQLException {
        return new LinkedHashSet<>(
                statements.list("SELECT name FROM tm_table WHERE synced <> 0 ORDER BY no", row -> row.getString(1)));
    }

    /** Returns the tables that are declared for the first time. */
    Set<String> added() throws SQLException {
        Set<String> fresh = new LinkedHashSet<>(now);
        fresh.removeAll(before());
        return fresh;
    }

    /** @throws Database.OpenException if a table with tracked rows is no longer declared */
    void requireKept() throws SQLException {
        for (String table : before()) {
            if (!now.contains(table) && holdsRows(table)) {
                throw new Database.OpenException(Problem.SCHEMA_SYNCED_NO_MORE, table);
            }
        }
    }

    private boolean holdsRows(String table) throws SQLException {
        return statements.exists(
                "SELECT 1 FROM tm_row WHERE table_no = (SELECT no FROM tm_table WHERE name = ?) LIMIT 1", table);
    }

    void save() throws SQLException {
        statements.update("UPDATE tm_table SET synced = 0 WHERE synced <> 0");
        for (String table : now) {
            statements.update("UPDATE tm_table SET synced = 1 WHERE name = ?", table);
        }
    }
}
