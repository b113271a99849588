package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LogTable;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.read.StatementCache;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** A write connection, and the objects that access cell state and changelog through it. Not thread-safe. */
record WriteSession(
        WriteConnection connection,
        SqlReader reader,
        NameDictionary names,
        CellStore cells,
        LogTable log,
        CellMerge merge)
        implements AutoCloseable {

    static WriteSession of(WriteConnection connection, Catalog catalog) throws SQLException {
        NameDictionary names = new NameDictionary(connection.connection());
        CellStore cells = new CellStore(connection.statements(), names, catalog);
        LogTable log = new LogTable(connection.statements(), names);
        boolean textIds = catalog.hasTextIds();
        SqlReader reader =
                new SqlReader(connection.connection(), new StatementCache(connection.connection()), () -> textIds);
        return new WriteSession(
                connection,
                reader,
                names,
                cells,
                log,
                new CellMerge(cells, new LogReader(connection.statements(), names)));
    }

    Statements statements() {
        return connection.statements();
    }

    /** Rolls back. If the rollback fails, adds its exception to the throwable as suppressed. */
    void rollBack(Throwable failure) {
        try {
            connection.rollback();
            names.reload();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    Set<String> tableNames(Set<Integer> numbers) {
        Set<String> tables = new HashSet<>();
        numbers.forEach(number -> tables.add(names.tableName(number)));
        return tables;
    }

    @Override
    public void close() throws SQLException {
        reader.statements().close();
        connection.close();
    }
}
