package dev.tidemark.engine.internal.log;

import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.internal.codec.ChainDigest;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Erases the values of changes whose row was garbage-collected (decision 74). {@code tm_erased} lists the changes. An
 * entry with an empty location stays until the block of the change is rewritten. An entry for each storage stays until
 * no segment there contains the values. Works through one connection, inside its transaction. Not thread-safe.
 */
public final class LogErasure {
    private record Block(long id, long last, List<Change> changes) {}

    private record Noted(int replica, long sequence) {}

    private final Statements statements;
    private final LogTable log;
    private final ChainDigest digest = new ChainDigest();

    public LogErasure(Statements statements, LogTable log) {
        this.statements = statements;
        this.log = log;
    }

    /**
     * Rewrites the next block that contains values of listed changes.
     *
     * @return how many changes lost their values; -1 if no change with an empty location is listed
     */
    public int step() throws SQLException {
        Noted next = statements.first(
                "SELECT replica_no, sequence FROM tm_erased WHERE location = '' ORDER BY replica_no, sequence LIMIT 1",
                row -> new Noted(row.getInt(1), row.getLong(2)));
        if (next == null) {
            return -1;
        }
        Block block = block(next);
        if (block == null) {
            removeRecord(next.replica(), next.sequence(), next.sequence());
            return 0;
        }
        long first = BlockId.first(block.id());
        Set<Long> noted = new HashSet<>(statements.list(
                "SELECT sequence FROM tm_erased WHERE location = '' AND replica_no = ? AND sequence BETWEEN ? AND ?",
                row -> row.getLong(1),
                next.replica(),
                first,
                block.last()));
        List<Change> changes = new ArrayList<>();
        int erased = 0;
        for (Change change : block.changes()) {
            boolean isNoted = noted.contains(change.dot().sequence());
            Change rest = isNoted ? digest.erased(change) : change;
            changes.add(rest);
            if (rest.kind() != change.kind()) {
                erased++;
                log.resized(change, rest);
            } else if (isNoted && change.kind() != Change.Kind.ERASED) {
                // A delete has no values to erase, neither here nor in the storages.
                statements.update(
                        "DELETE FROM tm_erased WHERE replica_no = ? AND sequence = ?",
                        next.replica(),
                        change.dot().sequence());
            }
        }
        if (erased > 0) {
            statements.update("DELETE FROM tm_log WHERE id = ?", block.id());
            log.rewrite(changes);
        }
        removeRecord(next.replica(), first, block.last());
        return erased;
    }

    private @Nullable Block block(Noted change) throws SQLException {
        return statements.first(
                "SELECT id, last, body FROM tm_log WHERE id <= ? AND id > ? AND last >= ? ORDER BY id DESC LIMIT 1",
                row -> new Block(row.getLong(1), row.getLong(2), log.decode(row)),
                BlockId.of(change.replica(), change.sequence()),
                BlockId.of(change.replica(), 0),
                change.sequence());
    }

    private void removeRecord(int replica, long first, long last) throws SQLException {
        statements.update(
                "DELETE FROM tm_erased WHERE location = '' AND replica_no = ? AND sequence BETWEEN ? AND ?",
                replica,
                first,
                last);
    }
}
