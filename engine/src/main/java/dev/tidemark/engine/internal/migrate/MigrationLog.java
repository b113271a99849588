package dev.tidemark.engine.internal.migrate;

import dev.tidemark.engine.changelog.CausalContext;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.cells.Write;
import dev.tidemark.engine.internal.log.LogTable;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Appends the writes of one schema step to the changelog, as changes of this replica with timestamps below those of all
 * users' writes. The replica's clock does not move. One instance serves one transaction. Not thread-safe.
 */
final class MigrationLog {
    /** The writing replica. */
    record Author(ReplicaId replica, int number, long head, VersionVector held, long wallMillis) {}

    /** The maximal number of changes that wait to be appended together: as many as fit into a block. */
    private static final int MAX_WAITING = 1000;

    private final Statements statements;
    private final LogTable log;
    private final Author author;
    private final int step;
    private final CausalContext context;
    private final List<Change> waiting = new ArrayList<>();
    private long head;

    MigrationLog(Statements statements, LogTable log, Author author, int step) {
        this.statements = statements;
        this.log = log;
        this.author = author;
        this.step = step;
        this.context = new CausalContext(author.held().with(author.replica(), 0), Set.of());
        this.head = author.head();
    }

    /** Returns whether the next write of this log would win against {@code held}. */
    boolean winsAgainst(Write held, ReplicaId holder) {
        return new HlcTimestamp(nextTime(), author.replica()).compareTo(new HlcTimestamp(held.hlcTime(), holder)) > 0;
    }

    private long nextTime() {
        return HlcTimestamp.forMigration(step, head + 1);
    }

    /** Adds an informational entry, which says that the step has run. */
    void addStep(String name, String sql) throws SQLException {
        add(Change.schemaChange(nextDot(), nextTime(), author.wallMillis(), context, step, name, sql));
    }

    /** Adds the change of a row, and returns the write for the row's cell state. */
    Write addRow(Kind kind, String table, UUID row, BitSet cells, Map<String, @Nullable Object> values)
            throws SQLException {
        Change change = new Change(
                nextDot(), author.head() + 1, nextTime(), author.wallMillis(), context, kind, table, row, values);
        add(change);
        return new Write(
                author.number(),
                change.dot().sequence(),
                change.hlcTime(),
                change.timestamp().millis() - change.wallMillis(),
                false,
                cells);
    }

    private Dot nextDot() {
        return new Dot(author.replica(), head + 1);
    }

    private void add(Change change) throws SQLException {
        head++;
        waiting.add(change);
        if (waiting.size() == MAX_WAITING) {
            flush();
        }
    }

    private void flush() throws SQLException {
        if (!waiting.isEmpty()) {
            log.append(waiting);
            waiting.clear();
        }
    }

    /** Stores the remaining changes and the new head. */
    void finish() throws SQLException {
        flush();
        if (head != author.head()) {
            statements.update("UPDATE tm_replica SET head = ? WHERE no = ?", head, author.number());
        }
    }
}
