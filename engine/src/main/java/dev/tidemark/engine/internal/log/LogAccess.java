package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;

/** The objects that read the changelog through one connection during one transaction. Not thread-safe. */
public record LogAccess(Statements statements, NameDictionary names, LogReader reader, LogSummaries summaries) {
    /** Creates the objects, with a dictionary and a cache of blocks. Do not use them after the transaction. */
    public static LogAccess of(Statements statements) throws SQLException {
        NameDictionary names = new NameDictionary(statements.connection());
        LogReader reader = LogReader.caching(statements, names);
        return new LogAccess(statements, names, reader, new LogSummaries(statements, names));
    }
}
