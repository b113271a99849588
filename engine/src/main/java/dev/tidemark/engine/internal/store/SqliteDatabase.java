package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Database.WriterMetrics;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.blob.BlobReferences;
import dev.tidemark.engine.internal.blob.BlobStore;
import dev.tidemark.engine.internal.capture.ExternalEdits;
import dev.tidemark.engine.internal.capture.TouchedRows;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.log.LogAccess;
import dev.tidemark.engine.internal.log.LogReader;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.snapshot.SpooledSnapshot;
import dev.tidemark.engine.internal.sql.CallerException;
import dev.tidemark.engine.internal.sql.SqlAccess;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.subscribe.ExternalCommits;
import dev.tidemark.engine.internal.subscribe.SubscriptionHub;
import dev.tidemark.engine.problem.Problem;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Implements {@link Database} on SQLite, and connects the classes that do the work. One lock orders the writers of this
 * process; SQLite's own lock orders processes. Applications write through one connection, whose triggers record the
 * touched rows; merges write through another connection, which has no triggers. Thread-safe.
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
    private final ReplicaBinding binding;
    private final ExportedChanges exported;
    private final ChangeChains chains;
    private final DatabaseRepair repair;
    private final EventDispatcher events = new EventDispatcher();
    private final WarningReporter warnings;
    private volatile Runnable onClosed = () -> {};
    private volatile VersionVector promised = VersionVector.EMPTY;

    SqliteDatabase(
            DatabaseOpener.Opened opened,
            Schema schema,
            DatabaseOptions options,
            IdGenerator ids,
            boolean maintainsWhenIdle)
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
        this.pool = new ReadPool(file, options.readers(), options.busyTimeout(), catalog.hasTextIds());
        this.hub = new SubscriptionHub(pool);
        this.warnings = new WarningReporter(events, pool, options, version);
        groupCommit.onFailure(warnings::reportDurabilityUnknown);
        warnings.reportClocks();
        this.changelog = new DatabaseChangelog(this, pool);
        this.walCheckpointer = new WalCheckpointer(file, lock, groupCommit);
        this.commits = new CommitPipeline(engineWriter, groupCommit, walCheckpointer, warnings, this::onTablesChanged);
        this.binding = new ReplicaBinding(file, options.stateFolders());
        this.exported = new ExportedChanges(commits, binding);
        this.chains = new ChangeChains(pool, commits);
        this.massDeletes = new MassDeleteRecorder(this, catalog, events);
        this.repair = new DatabaseRepair(file, engine, engineWriter, commits, pool, options.clock());
        this.localBlobs = new LocalBlobs(this, references, new BlobStore(file, options.clock()), options.clock());
        this.maintenance = new DatabaseMaintenance(
                engineWriter,
                engine,
                pool,
                options.clock(),
                new DatabaseMaintenance.Checks(this::check, this::repairAll, this::adopt),
                copy -> DatabaseRepair.copyChecked(file, copy));
        this.snapshots = new Snapshots(file, catalog, engine, engineWriter, localWriter, ids);
        this.idleScheduler = new IdleScheduler(maintainsWhenIdle ? this::runIdleMaintenance : stops -> {});
        this.externalCommits = new ExternalCommits(
                engineWriter::externalDataVersion, ExternalCommits.INTERVAL, this::onExternalCommit);
    }

    private void runIdleMaintenance(BooleanSupplier stops) {
        maintenance.runWhenIdle(stops);
        localBlobs.removeUnusedIfDue(stops);
    }

    public static SqliteDatabase open(Path file, Schema schema, DatabaseOptions options) {
        return open(file, schema, options, IdGenerator.secure(), true);
    }

    public static SqliteDatabase openTemporary(Schema schema, DatabaseOptions options) {
        return TemporaryFolder.open(schema, options);
    }

    public static void replace(Path file, Path copy, Path aside, Schema schema) {
        DatabaseReplacement.replace(file, copy, aside, schema);
    }

    public static void verify(Path copy, Schema schema) {
        DatabaseRebuild.verify(copy, schema);
    }

    public static Maintenance.Rebuild planRebuild(Path file, @Nullable Path copy, Schema schema) {
        return DatabaseRebuild.plan(file, copy, schema);
    }

    public static Maintenance.Rebuild rebuild(Path file, @Nullable Path copy, Path aside, Schema schema) {
        return DatabaseRebuild.rebuild(file, copy, aside, schema);
    }

    /** Opens a database with a given id generator, so that a simulation can repeat its run. */
    static SqliteDatabase open(
            Path file, Schema schema, DatabaseOptions options, IdGenerator ids, boolean maintainsWhenIdle) {
        SqliteDatabase database = DatabaseOpener.open(file, schema, options, ids, maintainsWhenIdle);
        try {
            database.bind();
        } catch (RuntimeException e) {
            closeAfter(database, e);
            throw e;
        }
        return database;
    }

    private static void closeAfter(SqliteDatabase database, RuntimeException failure) {
        try {
            database.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void bind() {
        if (binding.hasFolders() || query(statements -> statements.exists(ReplicaBinding.IS_BACKUP))) {
            binding.bind(commits, engineWriter, engine, ids);
        }
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T write(Transaction.Work<T, X> work) throws X {
        Function<Transaction, T> wrapped = CallerException.wrapping(work::apply);
        return CallerException.<T, X>unwrapping(() -> commits.write(() -> localWriter.write(null, wrapped)));
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T writeBasedOn(
            VersionVector seen, Transaction.Work<T, X> work) throws X {
        Function<Transaction, T> wrapped = CallerException.wrapping(work::apply);
        return CallerException.<T, X>unwrapping(() -> commits.write(() -> localWriter.write(seen, wrapped)));
    }

    private Maintenance.CheckReport check(BooleanSupplier cancelled) {
        return repair.check(
                statements -> {
                    CellStore cells = cells(statements);
                    return new ExternalEdits(cells, new LogReader(statements, cells.names()), new TouchedRows()).find();
                },
                cancelled);
    }

    private Maintenance.RepairReport repairAll() {
        return repair.repair(check(() -> false), () -> {
            RestoredRows.Outcome restored = commits.durably(engineWriter::restoreFromChanges);
            if (!restored.tables().isEmpty()) {
                commits.tablesChanged(restored.tables());
            }
            return restored.counts();
        });
    }

    private Maintenance.RepairReport adopt() {
        return repair.repair(check(() -> false), () -> commits.write(localWriter::captureExternalEdits));
    }

    public boolean isClockPlausible() {
        return repair.isClockPlausible();
    }

    public Path backup(Instant now) {
        return repair.backup(now);
    }

    /** Merges a batch; see {@link LocalChangelog#append}. */
    Changelog.AppendResult append(Batch batch) {
        VersionVector held = changelog.vector();
        if (batch.changes().stream().allMatch(change -> held.covers(change.dot()))) {
            // All changes of the batch are applied already, so neither a transaction nor an fsync is needed.
            return Changelog.AppendResult.NOTHING;
        }
        return commits.merge(() -> engineWriter.append(batch, localWriter.effects()))
                .appended();
    }

    /** Merges changes that this replica issues again: see {@link LogReplay}. */
    void appendReissued(List<Change> changes) {
        commits.merge(() -> engineWriter.appendReissued(changes, localWriter.effects()));
    }

    /** Retires an id that this library had on this device, at the last change that is here. */
    void retireFormer(ReplicaId id) {
        update(statements -> {
            long number = statements.number("SELECT no FROM tm_replica WHERE id = ?", id.value());
            long head = statements.number("SELECT head FROM tm_replica WHERE id = ?", id.value());
            if (number > 0) {
                ReplicaIdRotation.retire(statements, id, (int) number, head);
            }
            return number;
        });
    }

    /** Returns the number of tracked rows, shown or not. */
    public long trackedRowCount() {
        return query(statements -> statements.number("SELECT count(*) FROM tm_row"));
    }

    /**
     * Creates a snapshot; see {@link LocalChangelog#snapshotFor}. This replica's changes in the snapshot count as
     * exported from now on.
     */
    public Snapshot snapshot() {
        return warnings.reportingFailures(() -> {
            Snapshots.NewSnapshot made = snapshots.create();
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
     * Returns whether this database has applied all changes of a snapshot, and the snapshot contains the values of all
     * live rows of this database. If all changes are applied, reads the snapshot to its end, and rejects it if the
     * value of a live row is missing.
     */
    public boolean verify(Snapshot snapshot) {
        return changelog.vector().covers(snapshot.vector())
                && warnings.reportingFailures(() -> snapshots.verify(snapshot));
    }

    Changelog.AppendResult installSnapshot(Snapshot snapshot) {
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

    @Override
    public <T extends @Nullable Object> T updateWithoutFsync(SqlFunction<Statements, T> work) {
        return commits.updateWithoutFsync(work);
    }

    public ChangeChains chains() {
        return chains;
    }

    ExportedChanges exported() {
        return exported;
    }

    /**
     * Switches durably to a new replica id: this replica's changes above a sequence number become the first changes of
     * the new id, with their old timestamps (docs/correctness.md#r6, #r7). A replica does this when a clone uses its
     * id, or when its id was retired.
     *
     * @param last the last change that keeps the old id, because other replicas have it
     * @param end the sequence number at which the old id is retired
     * @return the number of changes that were issued again
     */
    public long rotateReplicaId(long last, long end) {
        ReplicaIdRotation.Rotation now = commits.durably(() ->
                engineWriter.inReplicaTransaction(state -> ReplicaIdRotation.rotate(engine, state, last, end, ids)));
        LOG.info(
                "{} switches to replica id {}; {} changes of replica {} after its change {} move to the new id",
                file,
                now.newId(),
                now.reissued(),
                now.oldId(),
                now.lastRetained());
        changelog.onTailRemoved(now.oldId(), now.lastRetained());
        commits.tablesChanged(Set.of("tm_replica"));
        return now.reissued();
    }

    public long maxAcceptedTime() {
        return repair.maxAcceptedTime();
    }

    /** Returns the sequence number of the last own change that may have been exported. */
    public long exportedUpTo() {
        return query(statements -> ReplicaState.read(statements).exportedUpTo());
    }

    /**
     * Re-inserts rows whose tombstones other replicas may have collected: see {@link ReinsertedRows}. Runs after a
     * pull. Does nothing unless this replica has switched to a new id, changes of a retired replica arrived late,
     * changes were re-issued, or others had collected deletes before they knew this replica.
     *
     * @param collectedBefore the greatest clock value of a delete collected before this replica was known
     */
    public void reinsertRows(long collectedBefore) {
        boolean isAwaited = query(statements -> statements.exists("""
            SELECT 1 WHERE EXISTS (SELECT 1 FROM tm_remote_retired WHERE former = 2)
              OR ((? > 0 OR EXISTS (SELECT 1 FROM tm_remote_retired WHERE last > first_last)
                  OR EXISTS (SELECT 1 FROM tm_former_id WHERE reissued > 0))
                AND EXISTS (SELECT 1 FROM tm_row WHERE status NOT IN (0, 2) AND status & 8 <> 0))\
            """, collectedBefore));
        if (!isAwaited) {
            return;
        }
        long rows = commits.merge(() -> engineWriter.reinsertRows(collectedBefore, localWriter.effects()))
                .appended()
                .changes();
        if (rows > 0) {
            LOG.info("Re-inserted {} rows of {} that others had deleted without waiting for their edits", rows, file);
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

    /** Waits until every commit so far is durable, including those of other processes. */
    public void fsync() {
        commits.fsync();
    }

    /** Makes this database a replica of another library. Its own changes become part of that library. */
    public void adoptLibrary(UUID id) {
        update(statements -> statements.update("UPDATE tm_state SET library = ?", ChangeCodec.bytesOf(id)));
    }

    /** Copies this database to a file, and makes it an empty replica of a new library. */
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

    /** Retires a replica durably at this sequence number (R7). If it was retired before, the greater number wins. */
    public void retire(ReplicaId replica, long last) {
        commits.durably(() -> {
            maintenance.retire(replica, last);
            return replica;
        });
    }

    /**
     * Returns the other active replicas that became known after this one had collected deletes, each with the greatest
     * clock value of such a delete.
     */
    public Map<ReplicaId, Long> collectedBeforeKnown() {
        return query(statements ->
                statements.list("""
                    SELECT id, collected_before FROM tm_replica
                    WHERE collected_before > 0 AND no <> (SELECT replica FROM tm_state)
                      AND no NOT IN (SELECT replica_no FROM tm_acknowledged WHERE retired = 1)\
                    """, row -> Map.entry(new ReplicaId(row.getLong(1)), row.getLong(2))).stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    public void nameReplica(ReplicaId replica, String name) {
        update(statements -> statements.update("""
            INSERT INTO tm_replica(id, name, collected_before) SELECT ?, ?, collected_up_to FROM tm_state WHERE true
            ON CONFLICT (id) DO UPDATE SET name = excluded.name\
            """, replica.value(), name));
        hub.committed(Set.of("tm_replica"));
    }

    /**
     * Calls the listener after each commit of this process that changes rows, and after each commit of another process.
     * Calls it on any thread, but outside of all locks.
     */
    public AutoCloseable onCommit(Runnable listener) {
        return commits.onCommit(listener);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T read(Reader.Work<T, X> work) throws X {
        Function<Reader, T> wrapped = CallerException.wrapping(work::apply);
        return CallerException.<T, X>unwrapping(() -> pool.read(wrapped));
    }

    @Override
    public <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult, Consumer<Throwable> onError) {
        return hub.subscribe(query, executor, onResult, onError);
    }

    @Override
    public <T> Subscription subscribe(Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult) {
        return hub.subscribe(query, executor, onResult, failure -> reportSubscriptionFailure(query, failure));
    }

    @Override
    public <T> Flow.Publisher<Query.Result<T>> publisher(Query<T> query, Executor executor) {
        return hub.publisher(query, executor, failure -> reportSubscriptionFailure(query, failure));
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

    public BlobReferences references() {
        return localBlobs.references();
    }

    /** Returns the blobs that rows refer to, whether or not they are on this device. */
    public Set<BlobId> referredBlobs() {
        return localBlobs.referenced(true);
    }

    /** Removes the blobs that no row has referred to for a month. Returns how many were removed. */
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

    /**
     * See {@link LocalChangelog#acknowledgements}. When this method returns, this replica's own acknowledgement is
     * durable.
     */
    List<Changelog.Acknowledgement> acknowledgements() {
        maintenance.acknowledgeApplied();
        List<Changelog.Acknowledgement> known = maintenance.acknowledgements();
        ReplicaId self = replica();
        for (Changelog.Acknowledgement each : known) {
            VersionVector others = each.applied().with(each.replica(), 0);
            // The acknowledgement in the file may be committed but not durable: see ExportedChanges.
            if (each.replica().equals(self) && !others.equals(promised)) {
                fsync();
                promised = others;
            }
        }
        return known;
    }

    void acknowledge(List<Changelog.Acknowledgement> received) {
        if (maintenance.acknowledge(received)) {
            idleScheduler.onWrite();
        }
    }

    public long rowCount() {
        return massDeletes.rowCount();
    }

    /** Records the changes since a version vector as a mass delete, if they are one. */
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
        massDeletes.remove(deletion, restored.settled());
        return restored.rows();
    }

    private <T> T inspection(SqlFunction<Inspection, T> question) {
        return pool.query(statements -> question.apply(inspection(statements)));
    }

    /** Returns the cell state as one connection sees it in its transaction. */
    CellStore cells(Statements statements) throws SQLException {
        return new CellStore(statements, new NameDictionary(statements.connection()), catalog);
    }

    /** Returns queries of the cell state through one connection, in its transaction. */
    Inspection inspection(Statements statements) throws SQLException {
        return new Inspection(cells(statements));
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
    public <R extends @Nullable Object> R hiddenData(Function<Stream<HiddenData>, R> work) {
        return pool.query(statements -> {
            try (Stream<HiddenData> rows = new HiddenDataReader(cells(statements)).stream()) {
                return work.apply(rows);
            }
        });
    }

    @Override
    public HiddenData.Counts hiddenDataCounts() {
        return pool.query(statements -> new HiddenDataReader(cells(statements)).counts());
    }

    @Override
    public Map<String, @Nullable Object> retainedValues(String table, UUID row) {
        return inspection(inspection -> inspection.retainedValues(table, row));
    }

    public long hiddenRowCount() {
        return inspection(Inspection::hiddenCount);
    }

    /** Returns the number of {@link #waitingCells}. Does not read the application's tables. */
    public long waitingCellCount() {
        return inspection(Inspection::waitingCellCount);
    }

    /** Returns whether the database has cells of unknown tables or columns, which may refer to blobs. */
    public boolean hasUnknownCells() {
        return inspection(Inspection::hasUnknownCells);
    }

    @Override
    public List<WaitingCell> waitingCells() {
        return inspection(Inspection::waitingCells);
    }

    @Override
    public Map<UUID, RowHistory.Origin> origins(String table, Collection<UUID> rows) {
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
            // If the log was truncated between the two reads, the history would lack its oldest changes.
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
        } finally {
            onClosed.run();
        }
    }

    /** Sets an action to run after the files are closed. */
    void onClosed(Runnable action) {
        onClosed = action;
    }

    /** Rewrites the WAL inside a transaction, which keeps other processes from writing, but not from reading. */
    private void rewriteWal() {
        try {
            engine.connection().begin();
            try {
                groupCommit.rewriteWal();
            } finally {
                engine.connection().rollback();
            }
        } catch (SQLException | IOException e) {
            LOG.error("The WAL of {} could not be written again after a failed fsync", file, e);
        }
    }
}
