package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.DatabaseOpenException;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.WriterMetrics;
import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Acknowledgement;
import dev.tidemark.engine.changelog.AppendResult;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.HlcTimestamp;
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
import dev.tidemark.engine.internal.capture.ExternalEdits;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.files.OwnerOnlyFiles;
import dev.tidemark.engine.internal.log.LogAccess;
import dev.tidemark.engine.internal.problem.ErrorText;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.engine.internal.snapshot.SpooledSnapshot;
import dev.tidemark.engine.internal.sql.SqlAccess;
import dev.tidemark.engine.internal.sql.SqlErrors;
import dev.tidemark.engine.internal.sql.SqlFunction;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.subscribe.ExternalCommits;
import dev.tidemark.engine.internal.subscribe.ResultPublisher;
import dev.tidemark.engine.internal.subscribe.SubscriptionHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database over SQLite. One lock orders the writers of this process; SQLite's own orders processes. Applications write
 * through one connection, whose triggers note what they touch; merges write through another that has none.
 */
public final class SqliteDatabase implements Database, SqlAccess {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final DateTimeFormatter BACKUP_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

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
    private final InstantSource clock;
    private final BlobStore blobs;
    private final BlobReferences references;
    private final LocalBlobCleanup localBlobs;
    private final EventDispatcher events = new EventDispatcher();
    private final WarningReporter warnings;
    private final List<Runnable> commitListeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Dot> exported = new AtomicReference<>();
    private volatile VersionVector promised = VersionVector.EMPTY;

    private SqliteDatabase(
            Path file,
            Catalog catalog,
            Schema schema,
            DatabaseOptions options,
            WriteConnection local,
            WriteConnection engine,
            GroupCommit groupCommit,
            IdGenerator ids,
            boolean tidiesWhenIdle)
            throws SQLException {
        int version = schema.migrations().size();
        this.file = file;
        this.ids = ids;
        this.clock = options.clock();
        this.catalog = catalog;
        this.references = BlobReferences.of(schema, catalog);
        this.blobs = new BlobStore(file, options.clock());
        this.localBlobs = new LocalBlobCleanup(this, options.clock());
        this.engine = WriteSession.of(engine, new NameDictionary(engine.connection()), catalog);
        this.local = WriteSession.of(local, new NameDictionary(local.connection()), catalog);
        this.groupCommit = groupCommit;
        this.localWriter = new LocalWriter(this.local, catalog, lock, groupCommit, options, version);
        this.engineWriter = new EngineWriter(this.engine, local, lock, groupCommit, options, version);
        this.pool = new ReadPool(file, options.readers(), options.busyTimeout());
        this.hub = new SubscriptionHub(pool);
        this.warnings = new WarningReporter(events, pool, options, version);
        groupCommit.onFailure(warnings::reportDurabilityUnknown);
        warnings.reportClocks();
        this.changelog = new DatabaseChangelog(this, pool);
        this.externalCommits = new ExternalCommits(
                engineWriter::externalDataVersion, ExternalCommits.INTERVAL, this::onExternalCommit);
        this.walCheckpointer = new WalCheckpointer(file, lock, groupCommit);
        this.maintenance = new DatabaseMaintenance(engineWriter, this.engine, pool, options.clock(), this::repair);
        this.snapshots = new Snapshots(file, catalog, this.engine, engineWriter, localWriter, ids);
        this.idleScheduler = new IdleScheduler(tidiesWhenIdle ? this::runIdleMaintenance : stops -> {});
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
     * One that a simulation can have come out alike each time.
     *
     * @param ids where new ids come from
     * @param tidiesWhenIdle whether it tidies up by itself, when nobody has written for a moment
     */
    static SqliteDatabase open(
            Path file, Schema schema, DatabaseOptions options, IdGenerator ids, boolean tidiesWhenIdle) {
        DatabaseOpener.requireFolder(file);
        DatabaseOpener.requireNotForeign(file);
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            // SQLite gives the files that it makes beside it the mode of the database.
            OwnerOnlyFiles.createIfMissing(file);
            // SQLite follows links; the files and locks beside the database have to be the same through every link,
            // too.
            Path real = file.toRealPath();
            WriteConnection engine = WriteConnection.forEngine(real, options.busyTimeout());
            opened.add(engine);
            DatabaseOpener opening = new DatabaseOpener(engine, real, schema, options, ids);
            opening.createIfEmpty();
            Catalog catalog = opening.prepare();
            WriteConnection local = WriteConnection.forApplication(real, options.busyTimeout());
            opened.add(local);
            GroupCommit groupCommit = new GroupCommit(new WalFile(real), options.durability());
            opened.add(groupCommit);
            return new SqliteDatabase(real, catalog, schema, options, local, engine, groupCommit, ids, tidiesWhenIdle);
        } catch (IOException e) {
            closeAfter(opened, e);
            throw new DatabaseOpenException(e, Problem.DATABASE_NOT_OPENED, file, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            closeAfter(opened, e);
            throw new DatabaseOpenException(e, Problem.DATABASE_NOT_OPENED, file, SqlErrors.reason(e));
        } catch (RuntimeException e) {
            closeAfter(opened, e);
            throw e;
        }
    }

    private static void closeAfter(List<AutoCloseable> opened, Exception trouble) {
        for (AutoCloseable each : opened.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                trouble.addSuppressed(e);
            }
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return committed(() -> localWriter.write(null, work));
    }

    @Override
    public <T extends @Nullable Object> T writeBasedOn(VersionVector seen, Function<Transaction, T> work) {
        return committed(() -> localWriter.write(seen, work));
    }

    private Maintenance.RepairReport repair() {
        List<String> damage = query(statements -> new IntegrityCheck(statements).damage());
        if (!damage.isEmpty()) {
            return new Maintenance.RepairReport(damage, 0, 0, 0, 0, null);
        }
        Path copy = isClockPlausible() ? null : backup(requirePlausible(clock.instant()));
        long restamped = copy == null ? 0 : repairFutureTimestamps(copy);
        ExternalEdits.EditCounts found = committed(localWriter::captureExternalEdits);
        return new Maintenance.RepairReport(
                damage, found.inserted(), found.changed(), found.deleted(), restamped, copy);
    }

    /** Whether nothing here has a timestamp from the future: its clock value is one that devices believe. */
    public boolean isClockPlausible() {
        return query(statements -> ReplicaState.read(statements).clock() <= maxAcceptedTime());
    }

    /** Returns this computer's time, unless it is rather this one that is wrong. */
    private Instant requirePlausible(Instant now) {
        boolean isBehind = query(statements -> ClockPlausibility.isBehind(statements, now));
        if (isBehind) {
            throw new TransactionException(Problem.DATABASE_CLOCK_BEHIND, LocalDate.ofInstant(now, ZoneOffset.UTC));
        }
        return now;
    }

    /** Returns how many rows were written again. */
    private long repairFutureTimestamps(Path copy) {
        FutureTimestampRepair future = new FutureTimestampRepair(engine, maxAcceptedTime(), clock.millis());
        long[] restamped = new long[1];
        boolean isWhole = false;
        while (!isWhole) {
            VersionVector copied = changelog.vector();
            copyTo(copy);
            isWhole = engineWriter.inReplicaTransaction(state -> {
                // What was saved since it was copied would be in no copy.
                boolean isSame = engine.reader().vector().equals(copied);
                if (isSame) {
                    restamped[0] = future.restamp(state);
                }
                return isSame;
            });
        }
        return restamped[0];
    }

    /** Where a copy of the file as it is goes, before most of it is replaced. */
    public Path backup(Instant now) {
        return file.resolveSibling(file.getFileName() + ".before-" + BACKUP_TIME.format(now));
    }

    private void copyTo(Path backup) {
        try {
            Files.deleteIfExists(backup);
            OwnerOnlyFiles.createIfMissing(backup);
            LibraryReset.copy(file, backup);
        } catch (SQLException e) {
            throw SqlErrors.unexpected(Problem.DATABASE_NOT_COPIED, e);
        } catch (IOException e) {
            throw new TransactionException(e, Problem.DATABASE_NOT_COPIED, ErrorText.of(e));
        }
    }

    private <T extends @Nullable Object> T committed(Supplier<LocalWriter.Committed<T>> transaction) {
        long begun = System.nanoTime();
        LocalWriter.Committed<T> committed = warnings.reportingFailures(transaction);
        if (!committed.tables().isEmpty()) {
            notifyTablesChanged(committed.tables());
        }
        return warnings.reportingFailures(() -> {
            groupCommit.await(committed.ticket());
            acknowledged(begun);
            return committed.result();
        });
    }

    /** Merges a batch; see {@link LocalChangelog#append}. */
    AppendResult append(Batch batch) {
        VersionVector held = changelog.vector();
        if (batch.changes().stream().allMatch(change -> held.covers(change.dot()))) {
            // What is held never goes again, so this needs no transaction, nor an fsync.
            return AppendResult.NOTHING;
        }
        long begun = System.nanoTime();
        EngineWriter.MergeResult merged =
                warnings.reportingFailures(() -> engineWriter.append(batch, localWriter.effects()));
        if (merged.appended().changes() > 0) {
            notifyTablesChanged(merged.tables());
            warnings.reportClocksAfter(merged.appended());
        }
        return warnings.reportingFailures(() -> {
            groupCommit.awaitAll();
            acknowledged(begun);
            return merged.appended();
        });
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
                updateExported(last);
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

    /** Takes a snapshot in; see {@link LocalChangelog#installSnapshot}. */
    AppendResult installSnapshot(Snapshot snapshot) {
        long begun = System.nanoTime();
        EngineWriter.MergeResult merged =
                warnings.reportingFailures(() -> snapshots.installSnapshot(snapshot, changelog.vector()));
        if (merged.appended().changes() > 0) {
            notifyTablesChanged(merged.tables());
            warnings.reportClocksAfter(merged.appended());
        }
        MassDelete removed = merged.removed();
        if (removed != null) {
            events.publish(new DatabaseEvent.MassDeleted(removed));
        }
        return warnings.reportingFailures(() -> {
            groupCommit.awaitAll();
            acknowledged(begun);
            return merged.appended();
        });
    }

    private void acknowledged(long begunNanos) {
        groupCommit.statistics().acknowledged(begunNanos);
        walCheckpointer.committed();
    }

    private void notifyTablesChanged(Set<String> tables) {
        idleScheduler.onWrite();
        hub.committed(tables);
        changelog.onAppended();
        commitListeners.forEach(Runnable::run);
    }

    private void onExternalCommit() {
        hub.onExternalCommit();
        changelog.onAppended();
        commitListeners.forEach(Runnable::run);
        warnings.reportClocks();
        warnings.reportNewerSchema();
    }

    @Override
    public Subscription onEvent(Executor executor, Consumer<DatabaseEvent> listener) {
        return events.addListener(executor, listener);
    }

    @Override
    public <T extends @Nullable Object> T update(SqlFunction<Statements, T> work) {
        return warnings.reportingFailures(() -> {
            long begun = System.nanoTime();
            T result = engineWriter.update(work);
            groupCommit.syncAll();
            acknowledged(begun);
            return result;
        });
    }

    /**
     * Writes down, durably, that the replica's own changes up to this one may have left the file
     * (docs/correctness.md#r6).
     */
    void markExported(Dot last) {
        update(statements ->
                statements.update("""
                    UPDATE tm_replica SET shared = ?1 WHERE id = ?2 AND shared < ?1\
                    """, last.sequence(), last.replica().value()));
        updateExported(last);
    }

    private void updateExported(Dot last) {
        exported.accumulateAndGet(
                last,
                (known, now) ->
                        known == null || !known.replica().equals(now.replica()) || known.sequence() < now.sequence()
                                ? now
                                : known);
    }

    /**
     * Up to which number of this replica's {@link #markExported} has returned in this process. What the file says may be committed
     * and not durable: by another reader whose fsync still runs or has failed, or by a process that was killed before it.
     */
    long exportedUpTo(ReplicaId own) {
        Dot known = exported.get();
        return known == null || !known.replica().equals(own) ? 0 : known.sequence();
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
        ReplicaIdRotation.Rotation now = warnings.reportingFailures(() -> {
            long begun = System.nanoTime();
            ReplicaIdRotation.Rotation result =
                    engineWriter.inReplicaTransaction(state -> ReplicaIdRotation.rotate(engine, state, last, end, ids));
            groupCommit.syncAll();
            acknowledged(begun);
            return result;
        });
        LOG.info(
                "{} goes on as replica {}; {} changes that replica {} had made after its change {} are its own now",
                file,
                now.newId(),
                now.reissued(),
                now.oldId(),
                now.lastRetained());
        changelog.onTailRemoved(now.oldId(), now.lastRetained());
        notifyTablesChanged(Set.of("tm_replica"));
        return now.reissued();
    }

    /** The greatest clock value that is believed of a file from a storage. */
    public long maxAcceptedTime() {
        return HlcTimestamp.maxAcceptedTime(clock.instant());
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
        long begun = System.nanoTime();
        EngineWriter.MergeResult merged =
                warnings.reportingFailures(() -> engineWriter.reinsertRows(localWriter.effects()));
        if (merged.appended().changes() > 0) {
            LOG.info(
                    "{} has edits of {} rows that were deleted while nobody waited for it: they are back",
                    file,
                    merged.appended().changes());
            notifyTablesChanged(merged.tables());
        }
        warnings.reportingFailures(() -> {
            groupCommit.awaitAll();
            acknowledged(begun);
            return merged;
        });
    }

    @Override
    public <T extends @Nullable Object> T query(SqlFunction<Statements, T> work) {
        return pool.query(work);
    }

    public <T extends @Nullable Object> T inspect(SqlFunction<Connection, T> work) {
        return query(statements -> work.apply(statements.connection()));
    }

    public <T extends @Nullable Object> T inTransaction(SqlFunction<Connection, T> work) {
        return update(statements -> work.apply(statements.connection()));
    }

    @Override
    public WriterMetrics writerMetrics() {
        return groupCommit.statistics().metrics(lock.waiting());
    }

    /** Returns when everything committed so far is on the disk, whichever process did it. */
    public void fsync() {
        warnings.reportingFailures(() -> {
            groupCommit.syncAll();
            return file;
        });
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
        LibraryReset fresh = new LibraryReset(engine.connection().statements(), catalog, ids, maxAcceptedTime());
        boolean isWhole = false;
        while (!isWhole) {
            VersionVector copied = changelog.vector();
            copyTo(backup);
            isWhole = warnings.reportingFailures(() -> {
                boolean done = engineWriter.inReplicaTransaction(state -> {
                    // What was saved since it was copied would be lost.
                    boolean isSame = engine.reader().vector().equals(copied);
                    if (isSame) {
                        fresh.empty(state);
                    }
                    return isSame;
                });
                groupCommit.syncAll();
                return done;
            });
        }
        exported.set(null);
        promised = VersionVector.EMPTY;
        Set<String> tables = new HashSet<>();
        catalog.tables().forEach(table -> tables.add(table.name()));
        tables.add("tm_replica");
        notifyTablesChanged(tables);
    }

    /** Notes durably that a replica is retired at this number (R7); of two numbers the greater holds. */
    public void retire(ReplicaId replica, long last) {
        warnings.reportingFailures(() -> {
            maintenance.retire(replica, last);
            groupCommit.syncAll();
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
        commitListeners.add(listener);
        return () -> commitListeners.remove(listener);
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
        return blobs;
    }

    /** Which columns refer to blobs. */
    public BlobReferences references() {
        return references;
    }

    /** What rows refer to now, whether or not it is here. */
    public Set<BlobId> referredBlobs() {
        return referredBlobs(true);
    }

    /** @param withDeleted whether deleted rows count that may still come back */
    Set<BlobId> referredBlobs(boolean withDeleted) {
        if (references.isEmpty()) {
            return Set.of();
        }
        return pool.query(statements -> references.in(statements, withDeleted));
    }

    /** Removes the blobs from this device that nothing has referred to for long; returns how many. */
    public int removeUnusedBlobs() {
        return localBlobs.removeUnused();
    }

    @Override
    public Set<BlobId> discardBlobs(Collection<BlobId> files) {
        return localBlobs.discardBlobs(files);
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

    private <T extends @Nullable Object> T queryMassDeletes(SqlFunction<MassDeletes, T> question) {
        return pool.query(statements -> question.apply(new MassDeletes(statements, catalog)));
    }

    /** How many rows the synced tables show. */
    public long rowCount() {
        return queryMassDeletes(MassDeletes::rows);
    }

    /**
     * Announces what came in since as a mass delete, if it is one.
     *
     * @param held what was held before
     * @param rows how many rows there were
     */
    public void recordMassDelete(VersionVector held, long rows, java.time.Instant now) {
        VersionVector here = changelog.vector();
        if (rows >= MassDeletes.MIN_ROWS) {
            queryMassDeletes(deletes -> deletes.since(held, here, rows, now)).ifPresent(found -> {
                changeMassDeletes(deletes -> deletes.remember(found));
                events.publish(new DatabaseEvent.MassDeleted(found));
            });
        }
        if (queryMassDeletes(deletes -> deletes.keepsTooMuch(now))) {
            changeMassDeletes(MassDeletes::forgetRemoved);
        }
    }

    private void changeMassDeletes(MassDeletesChange change) {
        update(statements -> {
            change.apply(new MassDeletes(statements, catalog));
            return true;
        });
    }

    @FunctionalInterface
    private interface MassDeletesChange {
        void apply(MassDeletes deletes) throws SQLException;
    }

    @Override
    public List<MassDelete> massDeletes() {
        return queryMassDeletes(MassDeletes::all);
    }

    @Override
    public long undo(MassDelete deletion) {
        List<MassDeletes.DeletedRow> gone =
                queryMassDeletes(deletes -> deletes.deletedRows(deletion.replica(), deletion.first(), deletion.last()));
        MassDeletes.Restored restored = write(transaction -> MassDeletes.restore(transaction, gone));
        changeMassDeletes(deletes -> deletes.forget(deletion, restored.settled()));
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
