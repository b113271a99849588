package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.changelog.Appended;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogGapException;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.log.Compaction;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.merge.Merger;
import dev.tidemark.engine.internal.merge.SnapshotMerger;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.snapshot.PartReader;
import dev.tidemark.engine.internal.sql.SqlTrouble;
import dev.tidemark.engine.internal.sql.Statements;
import java.sql.Connection;
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
    record Merged(
            Appended appended, Set<String> tables, @Nullable MassDelete removed) {
        Merged(Appended appended, Set<String> tables) {
            this(appended, tables, null);
        }
    }

    private final Side side;
    private final WriteConnection local;
    private final WriterLock lock;
    private final GroupCommit groupCommit;
    private final DatabaseOptions options;
    private final int schemaVersion;
    private long ownCommits;
    private @Nullable ReplicaId identity;

    EngineWriter(
            Side side,
            WriteConnection local,
            WriterLock lock,
            GroupCommit groupCommit,
            DatabaseOptions options,
            int schemaVersion) {
        this.side = side;
        this.local = local;
        this.lock = lock;
        this.groupCommit = groupCommit;
        this.options = options;
        this.schemaVersion = schemaVersion;
    }

    /** Merges a batch; {@code effects} tells what the application's triggers write to. */
    Merged append(Batch batch, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            refuseOwn(batch, state);
            Merger.Outcome outcome = new Merger(
                            side.cells(), side.merge(), run -> side.log().begin(run)::finish)
                    .merge(batch, side.reader().vector());
            advance(outcome);
            return new Merged(appended(outcome), differing(outcome.tables(), effects));
        });
    }

    /**
     * Joins a snapshot with what is here, all of it in one transaction; see decision 0024.
     *
     * @param parts how many parts it has
     * @param opener opens one of them
     */
    Merged takeIn(Snapshot snapshot, int parts, SqlFunction<Integer, PartReader> opener, StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            Statements statements = side.connection().statements();
            VersionVector vector = snapshot.vector();
            VersionVector held = side.reader().vector();
            if (vector.get(state.replica()) > state.head()) {
                throw new ChangelogGapException(
                        Problem.CHANGELOG_NOT_MADE_HERE, new Dot(state.replica(), vector.get(state.replica())));
            }
            SnapshotLosses losses = SnapshotLosses.begin(statements);
            MassDeletes deletes = new MassDeletes(statements, side.cells().catalog());
            long rows = losses.areUndoable() ? deletes.rows() : 0;
            SnapshotMerger merger = new SnapshotMerger(
                    side.cells(),
                    new LogReader(statements, side.names()),
                    held,
                    vector,
                    snapshot.clock(),
                    losses::note);
            for (int part = 0; part < parts; part++) {
                merger.merge(opener.apply(part));
            }
            merger.removeWhatItLacks();
            new Compaction(statements, side.names(), side.log()).beginAfter(vector);
            // Past every stamp that the snapshot's maker knew, those of forgotten deletes included.
            statements.update(
                    "UPDATE tm_replica SET clock = max(clock, ?) WHERE no = ?",
                    snapshot.clock(),
                    state.replicaNumber());
            statements.update("DELETE FROM tm_snapshot");
            Set<Integer> tables = new HashSet<>(merger.tables());
            tables.addAll(issue(returned().lackedBySnapshot(merger.left())));
            Map<ReplicaId, Long> ahead = new Clocks(statements, options).noteLatest(merger.latestTimes());
            // Here, as the copies of what was taken would go after a crash if nothing were listed.
            MassDelete removed = deletes.removed(rows, options.clock().instant().truncatedTo(ChronoUnit.MILLIS))
                    .orElse(null);
            if (removed != null) {
                deletes.remember(removed);
            }
            return new Merged(
                    new Appended(held.countTo(vector), merger.conflicts(), ahead), differing(tables, effects), removed);
        });
    }

    /** This replica goes by a fresh id since lately: writes whole what others may have deleted and forgotten. */
    Merged comeBack(StatementEffects effects) {
        return commit(Problem.CHANGELOG_NOT_MERGED, state -> {
            ReturnedRows returned = returned();
            List<Change> changes = returned.deletedElsewhere();
            Set<Integer> tables = issue(changes);
            returned.noteDone();
            return new Merged(new Appended(changes.size(), 0, Map.of()), differing(tables, effects));
        });
    }

    private ReturnedRows returned() throws SQLException {
        ReplicaState now = ReplicaState.read(side.connection().statements());
        return new ReturnedRows(side, now, options.clock().millis());
    }

    /** Makes changes of this replica's; returns the numbers of the tables that look different. */
    private Set<Integer> issue(List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return Set.of();
        }
        Merger.Outcome outcome = new Merger(
                        side.cells(), side.merge(), run -> side.log().begin(run)::finish)
                .merge(new Batch(changes), side.reader().vector());
        advance(outcome);
        return outcome.tables();
    }

    /** Runs work on the engine's tables. */
    <T extends @Nullable Object> T maintain(SqlFunction<Connection, T> work) {
        return commit(
                Problem.SYNC_STATE_NOT_SAVED,
                state -> work.apply(side.connection().connection()));
    }

    /** Runs upkeep of the engine's tables, knowing who this replica is. */
    <T extends @Nullable Object> T upkeep(SqlFunction<ReplicaState, T> work) {
        return commit(Problem.DATABASE_NOT_TIDIED, work);
    }

    private <T extends @Nullable Object> T commit(Problem failing, SqlFunction<ReplicaState, T> work) {
        lock.enter();
        try {
            groupCommit.requireSound();
            side.connection().begin();
            try {
                // Nobody else commits between these two looks, so the difference is this commit.
                long before = local.dataVersion();
                ReplicaState state = ReplicaState.read(side.connection().statements());
                state.requireSchema(schemaVersion);
                if (!state.replica().equals(identity)) {
                    side.names().reload();
                    identity = state.replica();
                }
                T result = work.apply(state);
                side.connection().commit();
                ownCommits += local.dataVersion() - before;
                groupCommit.committed();
                return result;
            } catch (Throwable e) {
                groupCommit.statistics().rolledBack();
                side.rollBack(e);
                throw e;
            }
        } catch (SQLException e) {
            throw SqlTrouble.unexpected(failing, e);
        } finally {
            lock.leave();
        }
    }

    /** The data version as the local connection sees it, without the commits of this writer; none while one runs. */
    OptionalLong foreignVersion() {
        if (!lock.tryEnter()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(local.dataVersion() - ownCommits);
        } catch (SQLException e) {
            throw SqlTrouble.unexpected(Problem.DATABASE_NOT_READ, e);
        } finally {
            lock.leave();
        }
    }

    private static void refuseOwn(Batch batch, ReplicaState state) {
        for (Change change : batch.changes()) {
            if (change.dot().replica().equals(state.replica()) && change.dot().sequence() > state.head()) {
                throw new ChangelogGapException(Problem.CHANGELOG_NOT_MADE_HERE, change.dot());
            }
        }
    }

    private void advance(Merger.Outcome outcome) throws SQLException {
        for (Map.Entry<ReplicaId, Long> head : outcome.heads().entrySet()) {
            side.connection()
                    .statements()
                    .update(
                            "UPDATE tm_replica SET head = ?, clock = max(clock, ?) WHERE no = ?",
                            head.getValue(),
                            outcome.latest(),
                            side.names().replica(head.getKey()));
        }
    }

    private Appended appended(Merger.Outcome outcome) throws SQLException {
        Map<ReplicaId, Long> ahead = new Clocks(side.connection().statements(), options).note(outcome.changes());
        return new Appended(outcome.changes().size(), outcome.conflicts(), ahead);
    }

    /** The tables that look different, and those that the application's triggers on them write to. */
    private Set<String> differing(Set<Integer> numbers, StatementEffects effects) throws SQLException {
        Set<String> tables = side.tableNames(numbers);
        for (String table : Set.copyOf(tables)) {
            String quoted = "main." + SyncedTable.quote(table);
            tables.addAll(effects.of("DELETE FROM " + quoted + " WHERE id = ?").tables());
            tables.addAll(
                    effects.of("INSERT INTO " + quoted + "(id) VALUES (?)").tables());
        }
        return tables;
    }
}
