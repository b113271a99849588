package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.capture.CaptureTriggers;
import dev.tidemark.engine.internal.capture.LocalCommit;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.merge.Projection;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlTrouble;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The application's transactions: every write to a synced table is noted by triggers and becomes a change at commit. */
final class LocalWriter {
    /**
     * A transaction that is committed, though perhaps not durable yet.
     *
     * @param tables the tables it wrote to
     * @param ticket what {@link GroupCommit} wants to be waited for
     */
    record Committed<T extends @Nullable Object>(T result, Set<String> tables, long ticket) {}

    private final Side side;
    private final WriterLock lock;
    private final GroupCommit groupCommit;
    private final DatabaseOptions options;
    private final int schemaVersion;
    private final LocalCommit capture;
    private final TableShapes shapes;
    private final StatementEffects effects;

    LocalWriter(
            Side side,
            Catalog catalog,
            WriterLock lock,
            GroupCommit groupCommit,
            DatabaseOptions options,
            int schemaVersion)
            throws SQLException {
        this.side = side;
        this.lock = lock;
        this.groupCommit = groupCommit;
        this.options = options;
        this.schemaVersion = schemaVersion;
        for (SyncedTable table : catalog.tables()) {
            CaptureTriggers.install(side.connection().connection(), table);
        }
        this.capture = new LocalCommit(side.cells(), side.merge());
        this.shapes = new TableShapes(side.connection().statements());
        this.effects = new StatementEffects(side.connection().statements());
    }

    /** What statements write to, triggers included. */
    StatementEffects effects() {
        return effects;
    }

    /** Runs the work in a transaction of its own. */
    <T extends @Nullable Object> Committed<T> write(@Nullable VersionVector seen, Function<Transaction, T> work) {
        lock.enter();
        try {
            side.connection().begin();
            SqlTransaction transaction =
                    new SqlTransaction(side.connection(), side.reader(), side.cells(), capture, shapes, effects);
            try {
                ReplicaState state = ReplicaState.read(side.connection().statements());
                state.requireSchema(schemaVersion);
                T result = work.apply(transaction);
                transaction.end();
                Set<String> tables = new HashSet<>(transaction.written());
                tables.addAll(track(state, seen));
                side.connection().commit();
                return new Committed<>(result, tables, groupCommit.committed());
            } catch (SQLException | RuntimeException | Error e) {
                transaction.kill();
                capture.forget();
                side.rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlTrouble.unexpected(Problem.TRANSACTION_NOT_SAVED, e);
        } finally {
            lock.leave();
        }
    }

    /** Makes changes of what was noted, and returns the tables that differ. */
    private Set<String> track(ReplicaState state, @Nullable VersionVector seen) throws SQLException {
        VersionVector held = side.reader().vector();
        LocalCommit.Outcome outcome = capture.collect(new LocalCommit.Author(
                state.replica(),
                state.replicaNumber(),
                state.head(),
                state.clock(),
                options.clock().millis(),
                seen == null ? held : lesser(seen, held)));
        if (outcome.changes().isEmpty()) {
            return Set.of();
        }
        side.log().append(outcome.changes());
        Statements statements = side.connection().statements();
        statements.update("UPDATE tm_state SET clock = ?", outcome.clock());
        statements.update(
                "UPDATE tm_replica SET head = ? WHERE no = ?",
                state.head() + outcome.changes().size(),
                state.replicaNumber());
        Set<String> tables = new HashSet<>();
        outcome.changes().forEach(change -> tables.add(change.table()));
        tables.addAll(showDependents(outcome.rows()));
        return tables;
    }

    /** A row written here may be what a hidden one waits for, or may have to give way to one. */
    private Set<String> showDependents(List<TrackedRow> rows) throws SQLException {
        Statements statements = side.connection().statements();
        if (statements.first("SELECT 1 FROM tm_hidden LIMIT 1", row -> true) == null) {
            return Set.of();
        }
        statements.update("PRAGMA defer_foreign_keys = ON");
        // What others wrote is shown whatever checks say, here as in a merge.
        statements.update("PRAGMA ignore_check_constraints = ON");
        try {
            List<TrackedRow> settled = new ArrayList<>();
            for (TrackedRow row : rows) {
                settled.add(side.cells().load(row.table(), row.id()));
            }
            Set<Integer> shown = new Projection(side.cells()).showDependents(settled);
            capture.forgetTouched();
            return side.tableNames(shown);
        } finally {
            statements.update("PRAGMA ignore_check_constraints = OFF");
        }
    }

    private static VersionVector lesser(VersionVector one, VersionVector other) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        one.heads().forEach((replica, head) -> heads.put(replica, Math.min(head, other.get(replica))));
        return VersionVector.of(heads);
    }
}
