package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;

/** What reads the changelog through one connection during one transaction. Not thread-safe. */
public record LogAccess(Statements statements, Names names, LogReader reader, LogParts parts) {
    /** With names of its own, and a memory for blocks, which must not outlive the transaction. */
    public static LogAccess of(Statements statements) throws SQLException {
        Names names = new Names(statements.connection());
        LogReader reader = LogReader.thatRemembers(statements, names);
        return new LogAccess(statements, names, reader, new LogParts(statements, names));
    }
}
