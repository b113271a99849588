package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.List;

/**
 * Appends to the table {@code tm_log}, which keeps each replica's changes in blocks of consecutive ones. Works through one
 * connection, inside its transaction; not thread-safe. {@link LogReader} reads them.
 */
public final class LogTable {
    private final Statements statements;
    private final Names names;
    private final BlockCodec codec;
    private final LogParts parts;

    public LogTable(Statements statements, Names names) {
        this.statements = statements;
        this.names = names;
        this.codec = new BlockCodec(names);
        this.parts = new LogParts(statements, names);
    }

    /** Appends consecutive changes of one replica. */
    public void append(List<Change> run) throws SQLException {
        for (int start = 0; start < run.size(); ) {
            start += appendBlock(run.subList(start, run.size()));
        }
    }

    private int appendBlock(List<Change> run) throws SQLException {
        Change first = run.getFirst();
        BlockCodec.Body body = codec.encode(run);
        int replica = names.replica(first.dot().replica());
        statements.update(
                "INSERT INTO tm_log(id, last, body) VALUES (?, ?, ?)",
                BlockId.of(replica, first.dot().sequence()),
                run.get(body.count() - 1).dot().sequence(),
                body.bytes());
        parts.appended(replica, run.subList(0, body.count()));
        return body.count();
    }
}
