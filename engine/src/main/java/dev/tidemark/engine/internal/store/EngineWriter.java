package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.AppendResult;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogGapException;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.log.LogTruncation;
import dev.tidemark.engine.internal.merge.Merger;
import dev.tidemark.engine.internal.merge.SnapshotMerger;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.snapshot.PartReader;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine's own transactions: merges, and upkeep of its tables. No triggers note them. */
final class EngineWriter {
    /**
     * What a merge did.
     *
     * @param tables those that differ
     * @param removed what a snapshot took, if that is most of what there was
     */
    record MergeResult(
            AppendResult appended,
            Set<String> tables,
            @Nullable MassDelete removed) {
        MergeResult(AppendResult appended, Set<String> tables) {
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
            WriteSession side,
            WriteConnection local,
            WriterLock lock,
            GroupCommit groupCommit,
            DatabaseOptions options,
            int schemaVersion) {
        this.session = side;
        this.local = local;
        this.lock = lock;
        this.groupCommit = groupCommit;
        this.options = options;
        this.schemaVersion = schemaVersion;
    }

    /** Merges a batch; {@code effects} tells what the application's triggers write to. */
    MergeResult append(Batch batch, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            requireNotOwn(batch, state);
            Merger.Outcome outcome = new Merger(
                            session.cells(),
                            session.merge(),
                            run -> session.log().begin(run)::finish)
                    .merge(batch, session.reader().vector());
            advance(outcome);
            return new MergeResult(appended(outcome), differing(outcome.tables(), effects));
        });
    }

    /**
     * Joins a snapshot with what is here, all of it in one transaction; see decision 0024.
     *
     * @param parts how many parts it has
     * @param opener opens one of them
     */
    MergeResult installSnapshot(
            Snapshot snapshot, int parts, SqlFunction<Integer, PartReader> opener, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            Statements statements = session.connection().statements();
            VersionVector vector = snapshot.vector();
            VersionVector held = session.reader().vector();
            if (vector.get(state.replica()) > state.head()) {
                throw new ChangelogGapException(
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
            new LogTruncation(statements, session.names(), session.log()).startAfter(vector);
            // Past every stamp that the snapshot's maker knew, those of forgotten deletes included.
            statements.update(
                    "UPDATE tm_replica SET clock = max(clock, ?) WHERE no = ?",
                    snapshot.clock(),
                    state.replicaNumber());
            statements.update("DELETE FROM tm_snapshot_part");
            Set<Integer> tables = new HashSet<>(merger.tables());
            tables.addAll(appendOwn(reinsertedRows().missingFromSnapshot(merger.leftovers())));
            Map<ReplicaId, Long> ahead = new ClocksAhead(statements, options).recordLatest(merger.latestTimes());
            // Here, as the copies of what was taken would go after a crash if nothing were listed.
            MassDelete removed = deletes.removed(rows, options.clock().instant().truncatedTo(ChronoUnit.MILLIS))
                    .orElse(null);
            if (removed != null) {
                deletes.remember(removed);
            }
            return new MergeResult(
                    new AppendResult(held.countTo(vector), merger.conflicts(), ahead),
                    differing(tables, effects),
                    removed);
        });
    }

    /** This replica goes by a fresh id since lately: writes whole what others may have deleted and forgotten. */
    MergeResult reinsertRows(StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            ReinsertedRows returned = reinsertedRows();
            List<Change> changes = returned.deletedElsewhere();
            Set<Integer> tables = appendOwn(changes);
            returned.markDone();
            return new MergeResult(new AppendResult(changes.size(), 0, Map.of()), differing(tables, effects));
        });
    }

    private ReinsertedRows reinsertedRows() throws SQLException {
        ReplicaState now = ReplicaState.read(session.connection().statements());
        return new ReinsertedRows(session, now, options.clock().millis());
    }

    /** Makes changes of this replica's; returns the numbers of the tables that look different. */
    private Set<Integer> appendOwn(List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return Set.of();
        }
        Merger.Outcome outcome = new Merger(
                        session.cells(), session.merge(), run -> session.log().begin(run)::finish)
                .merge(new Batch(changes), session.reader().vector());
        advance(outcome);
        return outcome.tables();
    }

    /** Runs work on the engine's tables. */
    <T extends @Nullable Object> T update(SqlFunction<Statements, T> work) {
        return commit(Problem.SYNC_STATE_NOT_SAVED, state -> {
            try (Statements statements = new Statements(session.connection().connection())) {
                return work.apply(statements);
            }
        });
    }

    /** Runs upkeep of the engine's tables, knowing who this replica is. */
    <T extends @Nullable Object> T inReplicaTransaction(SqlFunction<ReplicaState, T> work) {
        return commit(Problem.DATABASE_NOT_TIDIED, work);
    }

    private <T extends @Nullable Object> T commit(Problem failing, SqlFunction<ReplicaState, T> work) {
        lock.enter();
        try {
            groupCommit.requireNoFailedFsync();
            session.connection().begin();
            try {
                // Nobody else commits between these two looks, so the difference is this commit.
                long before = local.dataVersion();
                ReplicaState state = ReplicaState.read(session.connection().statements());
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
            lock.leave();
        }
    }

    /** The data version as the local connection sees it, without the commits of this writer; none while one runs. */
    OptionalLong externalDataVersion() {
        if (!lock.tryEnter()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(local.dataVersion() - ownCommits);
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_READ, e);
        } finally {
            lock.leave();
        }
    }

    private static void requireNotOwn(Batch batch, ReplicaState state) {
        for (Change change : batch.changes()) {
            if (change.dot().replica().equals(state.replica()) && change.dot().sequence() > state.head()) {
                throw new ChangelogGapException(Problem.CHANGELOG_NOT_MADE_HERE, change.dot());
            }
        }
    }

    private void advance(Merger.Outcome outcome) throws SQLException {
        for (Map.Entry<ReplicaId, Long> head : outcome.heads().entrySet()) {
            session.connection()
                    .statements()
                    .update(
                            "UPDATE tm_replica SET head = ?, clock = max(clock, ?) WHERE no = ?",
                            head.getValue(),
                            outcome.latest(),
                            session.names().replica(head.getKey()));
        }
    }

    private AppendResult appended(Merger.Outcome outcome) throws SQLException {
        Map<ReplicaId, Long> ahead =
                new ClocksAhead(session.connection().statements(), options).recordAhead(outcome.changes());
        return new AppendResult(outcome.changes().size(), outcome.conflicts(), ahead);
    }

    /** The tables that look different, and those that the application's triggers on them write to. */
    private Set<String> differing(Set<Integer> numbers, StatementEffects effects) throws SQLException {
        Set<String> tables = session.tableNames(numbers);
        for (String table : Set.copyOf(tables)) {
            String quoted = "main." + SyncedTable.quote(table);
            tables.addAll(effects.of("DELETE FROM " + quoted + " WHERE id = ?").tables());
            tables.addAll(
                    effects.of("INSERT INTO " + quoted + "(id) VALUES (?)").tables());
        }
        return tables;
    }
}
