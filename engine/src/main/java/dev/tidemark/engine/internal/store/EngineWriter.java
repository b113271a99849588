package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LogTruncation;
import dev.tidemark.engine.internal.merge.Merger;
import dev.tidemark.engine.internal.merge.SnapshotMerger;
import dev.tidemark.engine.internal.snapshot.PartReader;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.SqlText;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.problem.Problem;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs the engine's own transactions, such as merges and maintenance, on a connection without capture triggers. */
final class EngineWriter {
    record MergeResult(
            Changelog.AppendResult appended,
            Set<String> tables,
            @Nullable MassDelete removed) {
        MergeResult(Changelog.AppendResult appended, Set<String> tables) {
            this(appended, tables, null);
        }
    }

    private final WriteSession session;
    private final WriteConnection local;
    private final WriterLock lock;
    private final GroupCommit groupCommit;
    private final DatabaseOptions options;
    private final int schemaVersion;
    private long ownCommits;
    private @Nullable ReplicaId identity;

    EngineWriter(
            WriteSession session,
            WriteConnection local,
            WriterLock lock,
            GroupCommit groupCommit,
            DatabaseOptions options,
            int schemaVersion) {
        this.session = session;
        this.local = local;
        this.lock = lock;
        this.groupCommit = groupCommit;
        this.options = options;
        this.schemaVersion = schemaVersion;
    }

    /** Merges a batch. {@code effects} determines the tables that the application's triggers write to. */
    MergeResult append(Batch batch, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            requireNotOwn(batch, state);
            Merger.Outcome outcome = merge(batch, session.reader().vector());
            return new MergeResult(appended(outcome), differing(outcome.tables(), effects));
        });
    }

    /** Merges a snapshot with this database in one transaction (decision 24). */
    MergeResult installSnapshot(
            Snapshot snapshot, int parts, SqlFunction<Integer, PartReader> opener, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            Statements statements = session.statements();
            VersionVector vector = snapshot.vector();
            VersionVector held = session.reader().vector();
            if (vector.get(state.replica()) > state.head()) {
                throw new Changelog.GapException(
                        Problem.CHANGELOG_NOT_MADE_HERE, new Dot(state.replica(), vector.get(state.replica())));
            }
            SnapshotLossPolicy losses = SnapshotLossPolicy.begin(statements);
            MassDeletes deletes = new MassDeletes(statements, session.cells().catalog());
            long rows = losses.areUndoable() ? deletes.rows() : 0;
            SnapshotMerger merger = new SnapshotMerger(
                    session.cells(),
                    new LogReader(statements, session.names()),
                    held,
                    vector,
                    snapshot.clock(),
                    losses::note);
            for (int part = 0; part < parts; part++) {
                merger.merge(opener.apply(part));
            }
            merger.removeMissingRows();
            new LogTruncation(statements, session.names(), session.log()).startAfter(vector, snapshot.chains());
            // Moves the clock past every timestamp that the snapshot's author knew, including those of collected
            // tombstones.
            String update = "UPDATE tm_replica SET clock = max(clock, ?) WHERE no = ?";
            statements.update(update, snapshot.clock(), state.replicaNumber());
            // Other replicas have collected the tombstones of rows that the snapshot lacks. A replica that is not known
            // yet may have edited these rows.
            statements.update("UPDATE tm_state SET collected_up_to = max(collected_up_to, ?)", snapshot.clock());
            statements.update("DELETE FROM tm_snapshot_part");
            Set<Integer> tables = new HashSet<>(merger.tables());
            tables.addAll(appendOwn(reinsertedRows().missingFromSnapshot(merger.leftovers())));
            Map<ReplicaId, Long> ahead = new ClocksAhead(statements, options).recordLatest(merger.latestTimes());
            // Records the removal in this transaction, because otherwise a crash could leave copies of rows that no
            // mass delete lists.
            MassDelete removed = deletes.removed(rows, options.clock().instant().truncatedTo(ChronoUnit.MILLIS))
                    .orElse(null);
            if (removed != null) {
                deletes.add(removed);
            }
            return new MergeResult(
                    new Changelog.AppendResult(held.countMissing(vector), merger.conflicts(), ahead),
                    differing(tables, effects),
                    removed);
        });
    }

    /** Re-inserts the rows whose tombstones other replicas may have collected: see {@link ReinsertedRows}. */
    MergeResult reinsertRows(long collectedBefore, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            ReinsertedRows returned = reinsertedRows();
            List<Change> changes = returned.deletedElsewhere(collectedBefore);
            Set<Integer> tables = appendOwn(changes);
            returned.markDone();
            return new MergeResult(new Changelog.AppendResult(changes.size(), 0, Map.of()), differing(tables, effects));
        });
    }

    /** Merges changes that this replica issues again under its own id: see {@link LogReplay}. */
    MergeResult appendReissued(List<Change> changes, StatementEffects effects) {
        return commit(
                Problem.CHANGELOG_NOT_MERGED,
                state -> new MergeResult(
                        new Changelog.AppendResult(changes.size(), 0, Map.of()),
                        differing(appendOwn(changes), effects)));
    }

    private ReinsertedRows reinsertedRows() throws SQLException {
        ReplicaState now = ReplicaState.read(session.statements());
        return new ReinsertedRows(session, now, options.clock().millis());
    }

    /** Appends changes of this replica. Returns the numbers of the tables whose rows changed. */
    private Set<Integer> appendOwn(List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return Set.of();
        }
        Merger.Outcome outcome = merge(new Batch(changes), session.reader().vector());
        return outcome.tables();
    }

    <T extends @Nullable Object> T update(SqlFunction<Statements, T> work) {
        return commit(Problem.SYNC_STATE_NOT_SAVED, state -> {
            try (Statements statements = new Statements(session.connection().connection())) {
                return work.apply(statements);
            }
        });
    }

    /** Restores the rows that differ from their changes to the values of their changes. */
    RestoredRows.Outcome restoreFromChanges() {
        return commit(Problem.TRANSACTION_NOT_SAVED, state -> new RestoredRows(session.cells()).restore());
    }

    private Merger.Outcome merge(Batch batch, VersionVector held) throws SQLException {
        Merger.Outcome outcome = new Merger(
                        session.cells(), session.merge(), run -> session.log().begin(run)::finish)
                .merge(batch, held);
        advance(outcome);
        return outcome;
    }

    /** Runs the work in a transaction, with the state of this replica. */
    <T extends @Nullable Object> T inReplicaTransaction(SqlFunction<ReplicaState, T> work) {
        return commit(Problem.DATABASE_NOT_TIDIED, work);
    }

    private <T extends @Nullable Object> T commit(Problem failing, SqlFunction<ReplicaState, T> work) {
        lock.acquire();
        try {
            groupCommit.requireNoFailedFsync();
            session.connection().begin();
            try {
                // No other connection commits between the two data versions, so they differ by this commit.
                long before = local.dataVersion();
                ReplicaState state = ReplicaState.read(session.statements());
                state.requireSchema(schemaVersion);
                if (!state.replica().equals(identity)) {
                    session.names().reload();
                    identity = state.replica();
                }
                T result = work.apply(state);
                session.connection().commit();
                ownCommits += local.dataVersion() - before;
                groupCommit.committed();
                return result;
            } catch (Throwable e) {
                groupCommit.statistics().rolledBack();
                session.rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlErrors.unexpected(failing, e);
        } finally {
            lock.release();
        }
    }

    /**
     * Returns the local connection's data version minus the commits of this writer, so that only other processes change
     * it. Empty while a transaction runs.
     */
    OptionalLong externalDataVersion() {
        if (!lock.tryAcquire()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(local.dataVersion() - ownCommits);
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        } finally {
            lock.release();
        }
    }

    private static void requireNotOwn(Batch batch, ReplicaState state) {
        for (Change change : batch.changes()) {
            if (change.dot().replica().equals(state.replica()) && change.dot().sequence() > state.head()) {
                throw new Changelog.GapException(Problem.CHANGELOG_NOT_MADE_HERE, change.dot());
            }
        }
    }

    private void advance(Merger.Outcome outcome) throws SQLException {
        for (Map.Entry<ReplicaId, Long> head : outcome.heads().entrySet()) {
            session.statements()
                    .update(
                            "UPDATE tm_replica SET head = ?, clock = max(clock, ?) WHERE no = ?",
                            head.getValue(),
                            outcome.latest(),
                            session.names().replica(head.getKey()));
        }
    }

    private Changelog.AppendResult appended(Merger.Outcome outcome) throws SQLException {
        Map<ReplicaId, Long> ahead = new ClocksAhead(session.statements(), options).recordAhead(outcome.changes());
        return new Changelog.AppendResult(outcome.changes().size(), outcome.conflicts(), ahead);
    }

    /** Returns the names of the changed tables, and of the tables that the application's triggers on them write to. */
    private Set<String> differing(Set<Integer> numbers, StatementEffects effects) throws SQLException {
        Set<String> tables = session.tableNames(numbers);
        for (String table : Set.copyOf(tables)) {
            String quoted = "main." + SqlText.quote(table);
            tables.addAll(effects.of("DELETE FROM " + quoted + " WHERE id = ?").tables());
            tables.addAll(
                    effects.of("INSERT INTO " + quoted + "(id) VALUES (?)").tables());
        }
        return tables;
    }
}
