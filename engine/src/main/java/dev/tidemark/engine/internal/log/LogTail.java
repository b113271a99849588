package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.List;

/**
 * Removes the newest changes of a replica from {@code tm_log}. Only used for a forked replica, whose changes get
 * another replica's id (decision 28). Works through one connection, inside its transaction. Not thread-safe.
 */
public final class LogTail {
    private final Statements statements;
    private final BlockCodec codec;
    private final LogTable log;

    public LogTail(Statements statements, NameDictionary names, LogTable log) {
        this.statements = statements;
        this.codec = new BlockCodec(names);
        this.log = log;
    }

    /**
     * Removes the replica's changes above {@code last}.
     *
     * @param head the sequence number of its last change
     */
    public void cut(int replica, long last, long head) throws SQLException {
        List<Change> straddling = statements.first(
                "SELECT id, last, body FROM tm_log WHERE id >= ?1 AND id <= ?2 AND last > ?3",
                row -> codec.decode(row.getLong(1), row.getLong(2), row.getBytes(3)),
                BlockId.of(replica, 1),
                BlockId.of(replica, last),
                last);
        if (straddling != null) {
            long first = straddling.getFirst().dot().sequence();
            statements.update("DELETE FROM tm_log WHERE id = ?", BlockId.of(replica, first));
            log.rewrite(straddling.subList(0, (int) (last - first + 1)));
        }
        statements.update(
                "DELETE FROM tm_log WHERE id > ? AND id < ?", BlockId.of(replica, last), BlockId.of(replica + 1, 0));
        log.refresh(replica, last + 1, head);
    }
}
