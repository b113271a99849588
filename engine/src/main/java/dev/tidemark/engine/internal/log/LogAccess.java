package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;

/** What reads the changelog through one connection during one transaction. Not thread-safe. */
public record LogAccess(Statements statements, NameDictionary names, LogReader reader, LogSummaries summaries) {
    /** With names of its own, and a memory for blocks, which must not outlive the transaction. */
    public static LogAccess of(Statements statements) throws SQLException {
        NameDictionary names = new NameDictionary(statements.connection());
        LogReader reader = LogReader.caching(statements, names);
        return new LogAccess(statements, names, reader, new LogSummaries(statements, names));
    }
}
