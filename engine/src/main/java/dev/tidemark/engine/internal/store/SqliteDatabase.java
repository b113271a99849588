package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.WriterMetrics;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Acknowledgement;
import dev.tidemark.engine.changelog.AppendResult;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.LocalChangelog;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.RowOrigin;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.blob.BlobReferences;
import dev.tidemark.engine.internal.blob.BlobStore;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.log.LogAccess;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.snapshot.SpooledSnapshot;
import dev.tidemark.engine.internal.sql.SqlAccess;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.subscribe.ExternalCommits;
import dev.tidemark.engine.internal.subscribe.ResultPublisher;
import dev.tidemark.engine.internal.subscribe.SubscriptionHub;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database over SQLite. One lock orders the writers of this process; SQLite's own orders processes. Applications write
 * through one connection, whose triggers note what they touch; merges write through another that has none.
 */
public final class SqliteDatabase implements Database, SqlAccess {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

    private final Path file;
    private final Catalog catalog;
    private final WriterLock lock = new WriterLock();
    private final WriteSession local;
    private final WriteSession engine;
    private final LocalWriter localWriter;
    private final EngineWriter engineWriter;
    private final GroupCommit groupCommit;
    private final WalCheckpointer walCheckpointer;
    private final ReadPool pool;
    private final SubscriptionHub hub;
    private final ExternalCommits externalCommits;
    private final DatabaseChangelog changelog;
    private final DatabaseMaintenance maintenance;
    private final Snapshots snapshots;
    private final IdleScheduler idleScheduler;
    private final IdGenerator ids;
    private final LocalBlobs localBlobs;
    private final MassDeleteRecorder massDeletes;
    private final CommitPipeline commits;
    private final ExportedChanges exported;
    private final DatabaseRepair repair;
    private final EventDispatcher events = new EventDispatcher();
    private final WarningReporter warnings;
    private volatile VersionVector promised = VersionVector.EMPTY;

    SqliteDatabase(
            DatabaseOpener.Opened opened,
            Schema schema,
            DatabaseOptions options,
            IdGenerator ids,
            boolean tidiesWhenIdle)
            throws SQLException {
        int version = schema.migrations().size();
        this.file = opened.file();
        this.ids = ids;
        this.catalog = opened.catalog();
        BlobReferences references = BlobReferences.of(schema, catalog);
        this.engine = WriteSession.of(opened.engine(), catalog);
        this.local = WriteSession.of(opened.local(), catalog);
        this.groupCommit = opened.groupCommit();
        this.localWriter = new LocalWriter(local, catalog, lock, groupCommit, options, version);
        this.engineWriter = new EngineWriter(engine, opened.local(), lock, groupCommit, options, version);
        this.pool = new ReadPool(file, options.readers(), options.busyTimeout());
        this.hub = new SubscriptionHub(pool);
        this.warnings = new WarningReporter(events, pool, options, version);
        groupCommit.onFailure(warnings::reportDurabilityUnknown);
        warnings.reportClocks();
        this.changelog = new DatabaseChangelog(this, pool);
        this.walCheckpointer = new WalCheckpointer(file, lock, groupCommit);
        this.commits = new CommitPipeline(engineWriter, groupCommit, walCheckpointer, warnings, this::onTablesChanged);
        this.exported = new ExportedChanges(commits);
        this.massDeletes = new MassDeleteRecorder(this, catalog, events);
        this.repair = new DatabaseRepair(file, engine, engineWriter, commits, pool, options.clock());
        this.localBlobs = new LocalBlobs(this, references, new BlobStore(file, options.clock()), options.clock());
        this.maintenance = new DatabaseMaintenance(engineWriter, engine, pool, options.clock(), this::repairAll);
        this.snapshots = new Snapshots(file, catalog, engine, engineWriter, localWriter, ids);
        this.idleScheduler = new IdleScheduler(tidiesWhenIdle ? this::runIdleMaintenance : stops -> {});
        this.externalCommits = new ExternalCommits(
                engineWriter::externalDataVersion, ExternalCommits.INTERVAL, this::onExternalCommit);
    }

    private void runIdleMaintenance(BooleanSupplier stops) {
        maintenance.runWhenIdle(stops);
        localBlobs.removeUnusedIfDue(stops);
    }

    /** See {@link Database#open(Path, Schema, DatabaseOptions)}. */
    public static SqliteDatabase open(Path file, Schema schema, DatabaseOptions options) {
        return open(file, schema, options, IdGenerator.secure(), true);
    }

    /**
     * Opens a database whose course a simulation can repeat.
     *
     * @param ids the source of new ids
     * @param tidiesWhenIdle whether the database runs maintenance by itself while no transaction runs
     */
    static SqliteDatabase open(
            Path file, Schema schema, DatabaseOptions options, IdGenerator ids, boolean tidiesWhenIdle) {
        return DatabaseOpener.open(file, schema, options, ids, tidiesWhenIdle);
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return commits.write(() -> localWriter.write(null, work));
    }

    @Override
    public <T extends @Nullable Object> T writeBasedOn(VersionVector seen, Function<Transaction, T> work) {
        return commits.write(() -> localWriter.write(seen, work));
    }

    private Maintenance.RepairReport repairAll() {
        return repair.repair(() -> commits.write(localWriter::captureExternalEdits));
    }

    /** See {@link DatabaseRepair#isClockPlausible}. */
    public boolean isClockPlausible() {
        return repair.isClockPlausible();
    }

    /** See {@link DatabaseRepair#backup}. */
    public Path backup(Instant now) {
        return repair.backup(now);
    }

    /** Merges a batch; see {@link LocalChangelog#append}. */
    AppendResult append(Batch batch) {
        VersionVector held = changelog.vector();
        if (batch.changes().stream().allMatch(change -> held.covers(change.dot()))) {
            // The changelog never drops an applied change, so this needs no transaction, nor an fsync.
            return AppendResult.NOTHING;
        }
        return commits.merge(() -> engineWriter.append(batch, localWriter.effects()))
                .appended();
    }

    /** How many rows are tracked, shown or not. */
    public long trackedRowCount() {
        return query(statements -> java.util.Objects.requireNonNull(
                statements.<Long>first("SELECT count(*) FROM tm_row", row -> row.getLong(1))));
    }

    /** The state as it is now; see {@link LocalChangelog#snapshotFor}. What is in it counts as shared from now on. */
    public Snapshot snapshot() {
        return warnings.reportingFailures(() -> {
            Snapshots.Made made = snapshots.make();
            try {
                groupCommit.syncAll();
            } catch (RuntimeException e) {
                made.snapshot().close();
                throw e;
            }
            Dot last = made.lastOwnChange();
            if (last != null) {
                exported.markedDurably(last);
            }
            return SpooledSnapshot.of(
                    made.snapshot(),
                    Objects.requireNonNull(file.toAbsolutePath().getParent()));
        });
    }

    /**
     * Reads a snapshot to its end: whether all that it stands for is applied here, and it holds what the live rows here hold of
     * that. It is rejected if it does not.
     */
    public boolean verify(Snapshot snapshot) {
        return changelog.vector().covers(snapshot.vector())
                && warnings.reportingFailures(() -> snapshots.verify(snapshot));
    }

    /** See {@link LocalChangelog#installSnapshot}. */
    AppendResult installSnapshot(Snapshot snapshot) {
        return commits.merge(() -> snapshots.installSnapshot(snapshot, changelog.vector()), merged -> {
                    MassDelete removed = merged.removed();
                    if (removed != null) {
                        events.publish(new DatabaseEvent.MassDeleted(removed));
                    }
                })
                .appended();
    }

    private void onTablesChanged(Set<String> tables) {
        idleScheduler.onWrite();
        hub.committed(tables);
        changelog.onAppended();
    }

    private void onExternalCommit() {
        hub.onExternalCommit();
        changelog.onAppended();
        commits.notifyListeners();
        warnings.reportClocks();
        warnings.reportNewerSchema();
    }

    @Override
    public Subscription onEvent(Executor executor, Consumer<DatabaseEvent> listener) {
        return events.addListener(executor, listener);
    }

    @Override
    public <T extends @Nullable Object> T update(SqlFunction<Statements, T> work) {
        return commits.update(work);
    }

    /** The marks of exported changes. */
    ExportedChanges exported() {
        return exported;
    }

    /**
     * Goes on under a fresh replica id, durably: our own changes above a number become its first ones, with their old stamps
     * (R6, R7). For when the id that we had is somebody else's, too, or was retired.
     *
     * @param last up to which number our changes stay what they are, because others have them so
     * @param end the last number that counts under the id that we had: it is retired there
     * @return how many changes were issued again
     */
    public long rotateReplicaId(long last, long end) {
        ReplicaIdRotation.Rotation now = commits.durably(() ->
                engineWriter.inReplicaTransaction(state -> ReplicaIdRotation.rotate(engine, state, last, end, ids)));
        LOG.info(
                "{} goes on as replica {}; {} changes that replica {} had made after its change {} are its own now",
                file,
                now.newId(),
                now.reissued(),
                now.oldId(),
                now.lastRetained());
        changelog.onTailRemoved(now.oldId(), now.lastRetained());
        commits.tablesChanged(Set.of("tm_replica"));
        return now.reissued();
    }

    /** See {@link DatabaseRepair#maxAcceptedTime}. */
    public long maxAcceptedTime() {
        return repair.maxAcceptedTime();
    }

    /** The last of this replica's changes that may have left this file. */
    public long exportedUpTo() {
        return query(statements -> ReplicaState.read(statements).exportedUpTo());
    }

    /** Once all is here that others have published: see {@link ReinsertedRows}. Does nothing but after a fresh id was taken. */
    public void reinsertRows() {
        boolean isAwaited = query(statements ->
                statements.first("SELECT 1 FROM tm_remote_retired WHERE former = 2 LIMIT 1", row -> true) != null);
        if (!isAwaited) {
            return;
        }
        long rows = commits.merge(() -> engineWriter.reinsertRows(localWriter.effects()))
                .appended()
                .changes();
        if (rows > 0) {
            LOG.info("Re-inserted {} rows of {} that other devices deleted while this device was retired", rows, file);
        }
    }

    @Override
    public <T extends @Nullable Object> T query(SqlFunction<Statements, T> work) {
        return pool.query(work);
    }

    @Override
    public WriterMetrics writerMetrics() {
        return groupCommit.statistics().metrics(lock.waiting());
    }

    /** Returns when everything committed so far is on the disk, whichever process did it. */
    public void fsync() {
        commits.fsync();
    }

    /** Makes this a replica of another library; its own changes become that library's. */
    public void adoptLibrary(UUID id) {
        update(statements -> statements.update("UPDATE tm_state SET library = ?", ChangeCodec.bytesOf(id)));
    }

    /**
     * Copies this database to a file, and makes it an empty replica of a library of its own. What is not synced stays.
     *
     * @throws dev.tidemark.engine.TransactionException if it fails; nothing was changed
     */
    public void resetToNewLibrary(Path backup) {
        repair.reset(
                new LibraryReset(engine.connection().statements(), catalog, ids, repair.maxAcceptedTime()), backup);
        exported.reset();
        promised = VersionVector.EMPTY;
        Set<String> tables = new HashSet<>();
        catalog.tables().forEach(table -> tables.add(table.name()));
        tables.add("tm_replica");
        commits.tablesChanged(tables);
    }

    /** Notes durably that a replica is retired at this number (R7); of two numbers the greater holds. */
    public void retire(ReplicaId replica, long last) {
        commits.durably(() -> {
            maintenance.retire(replica, last);
            return replica;
        });
    }

    /** Remembers the name that a replica gave itself. */
    public void nameReplica(ReplicaId replica, String name) {
        update(statements -> statements.update("""
            INSERT INTO tm_replica(id, name) VALUES (?, ?)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name\
            """, replica.value(), name));
        hub.committed(Set.of("tm_replica"));
    }

    /** Has the listener called after each commit, of this process or another; not inside a lock, on any thread. */
    public AutoCloseable onCommit(Runnable listener) {
        return commits.onCommit(listener);
    }

    @Override
    public <T extends @Nullable Object> T read(Function<Reader, T> work) {
        return pool.read(work);
    }

    @Override
    public <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<QueryResult<T>> onResult, Consumer<Throwable> onError) {
        return hub.subscribe(query, executor, onResult, onError);
    }

    @Override
    public <T> Subscription subscribe(Query<T> query, Executor executor, Consumer<QueryResult<T>> onResult) {
        return hub.subscribe(query, executor, onResult, failure -> reportSubscriptionFailure(query, failure));
    }

    @Override
    public <T> Flow.Publisher<QueryResult<T>> publisher(Query<T> query, Executor executor) {
        return new ResultPublisher<>(hub, query, executor, failure -> reportSubscriptionFailure(query, failure));
    }

    private void reportSubscriptionFailure(Query<?> query, Throwable failure) {
        events.publish(new DatabaseEvent.SubscriptionFailed(query.sql(), failure));
    }

    @Override
    public LocalChangelog changelog() {
        return changelog;
    }

    @Override
    public BlobStore blobs() {
        return localBlobs.blobs();
    }

    /** Which columns refer to blobs. */
    public BlobReferences references() {
        return localBlobs.references();
    }

    /** What rows refer to now, whether or not it is here. */
    public Set<BlobId> referredBlobs() {
        return localBlobs.referred(true);
    }

    /** Removes the blobs from this device that nothing has referred to for long; returns how many. */
    public int removeUnusedBlobs() {
        return localBlobs.removeUnused();
    }

    @Override
    public Set<BlobId> discardBlobs(Collection<BlobId> files) {
        return localBlobs.discard(files);
    }

    @Override
    public Maintenance maintenance() {
        return maintenance;
    }

    /** See {@link LocalChangelog#acknowledgements}. What is promised there is durable before anybody hears of it. */
    List<Acknowledgement> acknowledgements() {
        maintenance.acknowledgeApplied();
        List<Acknowledgement> known = maintenance.acknowledgements();
        ReplicaId self = replica();
        for (Acknowledgement each : known) {
            VersionVector others = each.applied().with(each.replica(), 0);
            // What stands in the file may be committed and not durable, as with what is shared.
            if (each.replica().equals(self) && !others.equals(promised)) {
                fsync();
                promised = others;
            }
        }
        return known;
    }

    /** See {@link LocalChangelog#acknowledge}. */
    void acknowledge(List<Acknowledgement> heard) {
        if (maintenance.acknowledge(heard)) {
            idleScheduler.onWrite();
        }
    }

    /** How many rows the synced tables show. */
    public long rowCount() {
        return massDeletes.rowCount();
    }

    /**
     * Announces what came in since as a mass delete, if it is one.
     *
     * @param held what was held before
     * @param rows how many rows there were
     */
    public void recordMassDelete(VersionVector held, long rows, java.time.Instant now) {
        massDeletes.record(held, changelog.vector(), rows, now);
    }

    @Override
    public List<MassDelete> massDeletes() {
        return massDeletes.all();
    }

    @Override
    public long undo(MassDelete deletion) {
        List<MassDeletes.DeletedRow> gone = massDeletes.deletedRows(deletion);
        MassDeletes.Restored restored = write(transaction -> MassDeletes.restore(transaction, gone));
        massDeletes.forget(deletion, restored.settled());
        return restored.rows();
    }

    private <T> T inspection(SqlFunction<Inspection, T> question) {
        return pool.query(statements -> question.apply(inspection(statements)));
    }

    /** Answers questions through one connection, in its transaction. */
    Inspection inspection(Statements statements) throws SQLException {
        return new Inspection(statements, catalog);
    }

    @Override
    public List<Conflict> conflicts() {
        return inspection(Inspection::conflicts);
    }

    @Override
    public List<HiddenRow> hiddenRows() {
        return inspection(Inspection::hiddenRows);
    }

    @Override
    public Map<String, @Nullable Object> retainedValues(String table, UUID row) {
        return inspection(inspection -> inspection.retainedValues(table, row));
    }

    /** How many {@link #hiddenRows} there are. */
    public long hiddenRowCount() {
        return inspection(Inspection::hiddenCount);
    }

    /** How many {@link #waitingCells} there are, without their values. */
    public long waitingCellCount() {
        return inspection(Inspection::waitingCellCount);
    }

    /** Whether there are cells of tables or columns that this version does not know: they may refer to files. */
    public boolean hasUnknownCells() {
        return inspection(Inspection::hasUnknownCells);
    }

    @Override
    public List<WaitingCell> waitingCells() {
        return inspection(Inspection::waitingCells);
    }

    @Override
    public Map<UUID, RowOrigin> origins(String table, Collection<UUID> rows) {
        return inspection(inspection -> inspection.origins(table, rows));
    }

    @Override
    public RowHistory history(String table, UUID row) {
        while (true) {
            VersionVector floor = changelog.floor();
            RowHistory history = pool.query(statements -> {
                Map<ReplicaId, String> known = inspection(statements).replicaNames();
                return new RowHistories(LogAccess.of(statements), catalog, known).of(table, row, floor);
            });
            // Else what was read may lack what was compacted away in between, and not know it.
            if (floor.equals(changelog.floor())) {
                return history;
            }
        }
    }

    @Override
    public Map<ReplicaId, String> replicaNames() {
        return inspection(Inspection::replicaNames);
    }

    @Override
    public String dump() {
        return inspection(Inspection::dump);
    }

    /** Everything that the cell state holds, as text; for tests that compare replicas. */
    public String stateDump() {
        return inspection(Inspection::stateDump);
    }

    @Override
    public void setDeviceName(String name) {
        nameReplica(replica(), name);
    }

    private ReplicaState state() {
        return pool.query(statements -> ReplicaState.read(statements));
    }

    @Override
    public ReplicaId replica() {
        return state().replica();
    }

    @Override
    public UUID library() {
        return state().library();
    }

    /** Where its new ids come from. */
    public IdGenerator ids() {
        return ids;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        if (!lock.close()) {
            return;
        }
        idleScheduler.close();
        externalCommits.close();
        hub.close();
        changelog.close();
        pool.close();
        try (engine;
                local;
                groupCommit) {
            walCheckpointer.close();
            if (groupCommit.hasFailed()) {
                rewriteWal();
            }
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_CLOSED, e);
        }
    }

    /** Other processes may read meanwhile, but not write. */
    private void rewriteWal() {
        try {
            engine.connection().begin();
            try {
                groupCommit.rewriteWal();
            } finally {
                engine.connection().rollback();
            }
        } catch (SQLException | IOException e) {
            LOG.error("What the disk did not confirm in {} could not be saved again", file, e);
        }
    }
}
