package dev.tidemark.engine.internal.store;

import dev.tidemark.engine.ChangelogGapException;
import dev.tidemark.engine.Conflict;
import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOpenException;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.HiddenRow;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.Reader;
import dev.tidemark.engine.RowOrigin;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.Transaction;
import dev.tidemark.engine.TransactionException;
import dev.tidemark.engine.changelog.Appended;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.capture.CaptureTriggers;
import dev.tidemark.engine.internal.capture.LocalCommit;
import dev.tidemark.engine.internal.cells.CellMerge;
import dev.tidemark.engine.internal.cells.CellStore;
import dev.tidemark.engine.internal.cells.TrackedRow;
import dev.tidemark.engine.internal.codec.ChangeCodec;
import dev.tidemark.engine.internal.merge.Merger;
import dev.tidemark.engine.internal.merge.Projection;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.internal.read.StatementCache;
import dev.tidemark.engine.internal.schema.Catalog;
import dev.tidemark.engine.internal.schema.Names;
import dev.tidemark.engine.internal.schema.SyncedTable;
import dev.tidemark.engine.internal.sql.SqlTrouble;
import dev.tidemark.engine.internal.sql.Statements;
import dev.tidemark.engine.internal.subscribe.ForeignCommits;
import dev.tidemark.engine.internal.subscribe.SubscriptionHub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The database over SQLite. One lock orders the writers of this process; SQLite's own orders processes. Applications write
 * through one connection, whose triggers note what they touch; merges write through another that has none.
 */
public final class SqliteDatabase implements Database {
    private final Path file;
    private final Schema schema;
    private final DatabaseOptions options;
    private final Catalog catalog;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final WriteConnection local;
    private final WriteConnection engine;
    private final Side localSide;
    private final Side engineSide;
    private final LocalCommit capture;
    private final SqlReader localReader;
    private final SqlReader engineReader;
    private final TableShapes shapes;
    private final StatementEffects effects;
    private final GroupCommit groupCommit;
    private final ReadPool pool;
    private final SubscriptionHub hub;
    private final ForeignCommits foreignCommits;
    private final Changelog changelog;
    private final List<Runnable> commitListeners = new CopyOnWriteArrayList<>();
    private long ownMerges;
    private volatile boolean closed;

    /** What works on cell state through one of the two connections. */
    private record Side(Names names, CellStore cells, LogTable log, CellMerge merge) {
        static Side of(WriteConnection connection, Names names, Catalog catalog) {
            CellStore cells = new CellStore(connection.statements(), names, catalog);
            LogTable log = new LogTable(connection.statements(), names);
            return new Side(names, cells, log, new CellMerge(cells, log));
        }
    }

    private SqliteDatabase(
            Path file,
            Schema schema,
            DatabaseOptions options,
            WriteConnection local,
            WriteConnection engine,
            boolean upgraded)
            throws SQLException {
        this.file = file;
        this.schema = schema;
        this.options = options;
        this.local = local;
        this.engine = engine;
        Names names = new Names(engine.connection());
        this.catalog = Catalog.read(engine.connection(), schema.synced(), names);
        this.engineSide = Side.of(engine, names, catalog);
        this.localSide = Side.of(local, new Names(local.connection()), catalog);
        if (upgraded) {
            showWhatWaited();
        }
        for (SyncedTable table : catalog.tables()) {
            CaptureTriggers.install(local.connection(), table);
        }
        this.capture = new LocalCommit(localSide.cells(), localSide.merge());
        this.localReader = new SqlReader(local.connection(), new StatementCache(local.connection()));
        this.engineReader = new SqlReader(engine.connection(), new StatementCache(engine.connection()));
        this.shapes = new TableShapes(local.statements());
        this.effects = new StatementEffects(local.statements());
        this.groupCommit = new GroupCommit(file, options.durability());
        this.pool = new ReadPool(file, options.readers(), options.busyTimeout());
        this.hub = new SubscriptionHub(pool);
        this.foreignCommits =
                new ForeignCommits(this::foreignVersion, ForeignCommits.INTERVAL, this::committedElsewhere);
        this.changelog = new DatabaseChangelog(this, pool);
    }

    /** See {@link Database#open(Path, Schema, DatabaseOptions)}. */
    public static SqliteDatabase open(Path file, Schema schema, DatabaseOptions options) {
        Opening.requireFolder(file);
        List<WriteConnection> opened = new ArrayList<>();
        try {
            WriteConnection engine = WriteConnection.forEngine(file, options.durability(), options.busyTimeout());
            opened.add(engine);
            boolean upgraded = new Opening(engine, file, schema, options).prepare();
            WriteConnection local = WriteConnection.forApplication(file, options.durability(), options.busyTimeout());
            opened.add(local);
            return new SqliteDatabase(file, schema, options, local, engine, upgraded);
        } catch (SQLException e) {
            closeAfter(opened, e);
            throw new DatabaseOpenException("The database " + file + " cannot be opened: " + SqlTrouble.reason(e), e);
        } catch (RuntimeException e) {
            closeAfter(opened, e);
            throw e;
        }
    }

    private static void closeAfter(List<WriteConnection> opened, Exception trouble) {
        for (WriteConnection connection : opened) {
            try {
                connection.close();
            } catch (SQLException e) {
                trouble.addSuppressed(e);
            }
        }
    }

    /** After an upgrade, cells that waited for a table or column may have a place now (rule R11). */
    private void showWhatWaited() throws SQLException {
        engine.begin();
        try {
            List<TrackedRow> rows = new Inspection(engine.statements(), catalog).rowsThatWait();
            new Projection(engineSide.cells()).show(rows);
            engine.commit();
        } catch (SQLException | RuntimeException e) {
            engine.rollback();
            throw e;
        }
    }

    @Override
    public <T extends @Nullable Object> T write(Function<Transaction, T> work) {
        return write(null, work);
    }

    @Override
    public <T extends @Nullable Object> T writeHavingSeen(VersionVector seen, Function<Transaction, T> work) {
        return write(seen, work);
    }

    private <T extends @Nullable Object> T write(@Nullable VersionVector seen, Function<Transaction, T> work) {
        T result;
        long ticket;
        Set<String> tables;
        enter();
        try {
            local.begin();
            SqlTransaction transaction =
                    new SqlTransaction(local, localReader, localSide.cells(), capture, shapes, effects);
            try {
                ReplicaState state = ReplicaState.read(local.statements());
                state.requireSchema(schema.migrations().size());
                result = work.apply(transaction);
                transaction.end();
                tables = new HashSet<>(transaction.written());
                tables.addAll(commitLocal(state, seen));
                local.commit();
            } catch (SQLException | RuntimeException | Error e) {
                transaction.kill();
                abandon(e);
                throw e;
            }
            ticket = groupCommit.committed();
        } catch (SQLException e) {
            throw SqlTrouble.unexpected("Nothing was saved", e);
        } finally {
            lock.unlock();
        }
        if (!tables.isEmpty()) {
            announce(tables);
        }
        groupCommit.await(ticket);
        return result;
    }

    private void enter() {
        if (lock.isHeldByCurrentThread()) {
            throw new TransactionException(
                    "A transaction is open in this thread already; work that belongs to it goes through its object.");
        }
        lock.lock();
        if (closed) {
            lock.unlock();
            throw new TransactionException("The database is closed.");
        }
    }

    private void abandon(Throwable trouble) {
        try {
            capture.forget();
            local.rollback();
            localSide.names().reload();
        } catch (SQLException e) {
            trouble.addSuppressed(e);
        }
    }

    private Set<String> commitLocal(ReplicaState state, @Nullable VersionVector seen) throws SQLException {
        VersionVector held = localReader.vector();
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
        localSide.log().append(outcome.changes());
        Statements statements = local.statements();
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

    private Set<String> showDependents(List<TrackedRow> rows) throws SQLException {
        if (local.statements().first("SELECT 1 FROM tm_hidden LIMIT 1", row -> true) == null) {
            return Set.of();
        }
        local.statements().update("PRAGMA defer_foreign_keys = ON");
        List<TrackedRow> settled = new ArrayList<>();
        for (TrackedRow row : rows) {
            settled.add(localSide.cells().load(row.table(), row.id()));
        }
        Set<Integer> shown = new Projection(localSide.cells()).showDependents(settled);
        capture.forgetTouched();
        return tableNames(localSide, shown);
    }

    private static Set<String> tableNames(Side side, Set<Integer> numbers) {
        Set<String> tables = new HashSet<>();
        numbers.forEach(number -> tables.add(side.names().tableName(number)));
        return tables;
    }

    private static VersionVector lesser(VersionVector one, VersionVector other) {
        Map<ReplicaId, Long> heads = new HashMap<>();
        one.heads().forEach((replica, head) -> heads.put(replica, Math.min(head, other.get(replica))));
        return VersionVector.of(heads);
    }

    /** Merges a batch; see {@link Changelog#append}. */
    Appended append(Batch batch) {
        Appended appended;
        Set<String> tables;
        enter();
        try {
            engine.begin();
            try {
                long before = local.dataVersion();
                ReplicaState state = ReplicaState.read(engine.statements());
                state.requireSchema(schema.migrations().size());
                VersionVector held = engineReader.vector();
                refuseOwn(batch, state);
                Merger.Outcome outcome =
                        new Merger(engineSide.cells(), engineSide.merge(), engineSide.log()::append).merge(batch, held);
                advance(outcome, state);
                appended = appended(outcome);
                tables = merged(outcome);
                engine.commit();
                ownMerges += local.dataVersion() - before;
            } catch (SQLException | RuntimeException | Error e) {
                abandonMerge(e);
                throw e;
            }
            groupCommit.committed();
        } catch (SQLException e) {
            throw SqlTrouble.unexpected("Changes from other devices could not be merged", e);
        } finally {
            lock.unlock();
        }
        if (appended.changes() > 0) {
            announce(tables);
        }
        return appended;
    }

    private static void refuseOwn(Batch batch, ReplicaState state) {
        for (Change change : batch.changes()) {
            if (change.dot().replica().equals(state.replica()) && change.dot().sequence() > state.head()) {
                throw new ChangelogGapException("Change " + change.dot() + " is said to be this device's own, but was"
                        + " never made here: this database is a copy of another device's, or an old backup.");
            }
        }
    }

    private void advance(Merger.Outcome outcome, ReplicaState state) throws SQLException {
        for (Map.Entry<ReplicaId, Long> head : outcome.heads().entrySet()) {
            engine.statements()
                    .update(
                            "UPDATE tm_replica SET head = ? WHERE no = ?",
                            head.getValue(),
                            engineSide.names().replica(head.getKey()));
        }
        if (outcome.latest() > state.clock()) {
            engine.statements().update("UPDATE tm_state SET clock = ?", outcome.latest());
        }
    }

    private Appended appended(Merger.Outcome outcome) throws SQLException {
        Map<ReplicaId, Long> ahead = new HashMap<>();
        long tolerated = options.clock().millis() + options.clockTolerance().toMillis();
        for (Change change : outcome.changes()) {
            if (change.wallMillis() > tolerated) {
                ahead.merge(change.dot().replica(), change.wallMillis(), Math::max);
            }
        }
        Inspection inspection = new Inspection(engine.statements(), catalog);
        return new Appended(
                outcome.changes().size(),
                outcome.conflicts(),
                inspection.hiddenCount(),
                inspection.waitingCells(),
                ahead);
    }

    /** The tables that look different, and those that the application's triggers on them write to. */
    private Set<String> merged(Merger.Outcome outcome) throws SQLException {
        Set<String> tables = tableNames(engineSide, outcome.tables());
        for (String table : Set.copyOf(tables)) {
            tables.addAll(effects.of("DELETE FROM main." + SyncedTable.quote(table) + " WHERE id = ?")
                    .tables());
            tables.addAll(effects.of("INSERT INTO main." + SyncedTable.quote(table) + "(id) VALUES (?)")
                    .tables());
        }
        return tables;
    }

    private void abandonMerge(Throwable trouble) {
        try {
            engine.rollback();
            engineSide.names().reload();
        } catch (SQLException e) {
            trouble.addSuppressed(e);
        }
    }

    private void announce(Set<String> tables) {
        hub.committed(tables);
        commitListeners.forEach(Runnable::run);
    }

    private void committedElsewhere() {
        hub.committedElsewhere();
        commitListeners.forEach(Runnable::run);
    }

    /** The data version as the local connection sees it, without the merges of this process; none while it is busy. */
    private OptionalLong foreignVersion() {
        if (!lock.tryLock()) {
            return OptionalLong.empty();
        }
        try {
            return closed ? OptionalLong.empty() : OptionalLong.of(local.dataVersion() - ownMerges);
        } catch (SQLException e) {
            throw SqlTrouble.unexpected("Changes of other processes could not be looked for", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Runs work on the engine's own tables in a transaction, durable when this returns, whatever the mode.
     *
     * @throws TransactionException if it fails; nothing was changed
     */
    public <T extends @Nullable Object> T maintain(SqlFunction<Connection, T> work) {
        T result;
        enter();
        try {
            engine.begin();
            try {
                long before = local.dataVersion();
                ReplicaState.read(engine.statements())
                        .requireSchema(schema.migrations().size());
                result = work.apply(engine.connection());
                engine.commit();
                ownMerges += local.dataVersion() - before;
            } catch (SQLException | RuntimeException | Error e) {
                abandonMerge(e);
                throw e;
            }
            groupCommit.committed();
        } catch (SQLException e) {
            throw SqlTrouble.unexpected("The state of the sync could not be saved", e);
        } finally {
            lock.unlock();
        }
        groupCommit.syncAll();
        return result;
    }

    /** Runs work on a read-only connection, against one state of the database. */
    public <T extends @Nullable Object> T inspect(SqlFunction<Connection, T> work) {
        return pool.withConnection(work);
    }

    /** Returns when everything committed so far is on the disk. */
    public void fsync() {
        groupCommit.syncAll();
    }

    /** Makes this a replica of another library; its own changes become that library's. */
    public void adoptLibrary(UUID id) {
        maintain(connection -> {
            try (Statements statements = new Statements(connection)) {
                return statements.update("UPDATE tm_state SET library = ?", ChangeCodec.bytesOf(id));
            }
        });
    }

    /** Remembers the name that a replica gave itself. */
    public void nameReplica(ReplicaId replica, String name) {
        maintain(connection -> {
            try (Statements statements = new Statements(connection)) {
                return statements.update("""
                    INSERT INTO tm_replica(id, name) VALUES (?, ?)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name\
                    """, replica.value(), name);
            }
        });
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
    public Changelog changelog() {
        return changelog;
    }

    private <T> T inspection(SqlFunction<Inspection, T> question) {
        return pool.withConnection(connection -> {
            try (Statements statements = new Statements(connection)) {
                return question.apply(new Inspection(statements, catalog));
            }
        });
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
    public long waitingCells() {
        return inspection(Inspection::waitingCells);
    }

    @Override
    public Map<UUID, RowOrigin> origins(String table, Collection<UUID> rows) {
        return inspection(inspection -> inspection.origins(table, rows));
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
    public void rename(String name) {
        nameReplica(replica(), name);
    }

    private ReplicaState state() {
        return pool.withConnection(connection -> {
            try (Statements statements = new Statements(connection)) {
                return ReplicaState.read(statements);
            }
        });
    }

    @Override
    public ReplicaId replica() {
        return state().replica();
    }

    @Override
    public UUID library() {
        return state().library();
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public void close() {
        if (lock.isHeldByCurrentThread()) {
            throw new TransactionException("The database cannot be closed inside a transaction.");
        }
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            lock.unlock();
        }
        foreignCommits.close();
        hub.close();
        pool.close();
        groupCommit.close();
        try {
            localReader.statements().close();
            engineReader.statements().close();
            local.close();
            engine.close();
        } catch (SQLException e) {
            throw SqlTrouble.unexpected("The database could not be closed cleanly", e);
        }
    }
}
