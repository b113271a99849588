package dev.tidemark.engine;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenData;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.problem.TransactionException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One replica of a library in one SQLite file. Applications write and query with SQL, and subscribe to the results of
 * queries. The engine tracks every change.
 *
 * <pre>{@code
 * Schema schema = Schema.builder()
 *         .migration("create notes", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, title TEXT)")
 *         .synced("note")
 *         .build();
 * try (Database database = Database.open(Path.of("notes.db"), schema)) {
 *     UUID id = Ids.next();
 *     database.write(tx -> tx.execute("INSERT INTO note(id, title) VALUES (?, ?)", id, "Buy milk"));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Across all processes that use the file, one writer runs at a time. Readers never wait for a writer.
 */
public interface Database extends AutoCloseable {
    /**
     * Opens the file with the default options, creating it and migrating its schema as needed.
     *
     * @throws OpenException if the file cannot be opened, is not a database of this engine, or does not fit the schema,
     *     or if a migration fails. A failed migration is rolled back; the migrations before it stay
     */
    static Database open(Path file, Schema schema) {
        return open(file, schema, DatabaseOptions.DEFAULT);
    }

    /**
     * Opens the file, creating it and migrating its schema as needed.
     *
     * @throws OpenException if the file cannot be opened, is not a database of this engine, or does not fit the schema,
     *     or if a migration fails. A failed migration is rolled back; the migrations before it stay
     */
    static Database open(Path file, Schema schema, DatabaseOptions options) {
        return SqliteDatabase.open(file, schema, options);
    }

    /**
     * Replaces a database, or a missing file, with a copy that {@link Maintenance#copyTo} made. The copy is checked
     * before anything changes. When it is opened, it becomes a new replica. After a crash, {@code file} is the old
     * database or the copy. Only if the old database is damaged, {@code file} may be missing until the next call.
     *
     * @param file the database, which no process may have open
     * @param copy the copy, which is not changed
     * @param renamedTo the new path of the old database, in the folder of {@code file}. No file with this name may
     *     exist. If the database is damaged, its WAL moves with it
     * @throws OpenException if the copy is damaged, if this version cannot open it, if the database is in use, or if a
     *     file cannot be written. The database is then unchanged
     */
    static void replace(Path file, Path copy, Path renamedTo, Schema schema) {
        SqliteDatabase.replace(file, copy, renamedTo, schema);
    }

    /**
     * Checks a copy that {@link Maintenance#copyTo} has made, and changes nothing.
     *
     * @throws OpenException if it is damaged, no database of this engine, or of a newer version
     */
    static void verify(Path copy, Schema schema) {
        SqliteDatabase.verify(copy, schema);
    }

    /**
     * Says what {@link #rebuild} would recover. Reads both files, writes only a temporary file beside {@code file}, and
     * takes seconds for a large library.
     *
     * @param file the damaged database; no process may have it open
     * @param copy see {@link #rebuild}
     * @throws OpenException if the copy is damaged or cannot be opened by this version, or a file cannot be read
     */
    static Maintenance.Rebuild planRebuild(Path file, @Nullable Path copy, Schema schema) {
        return SqliteDatabase.planRebuild(file, copy, schema);
    }

    /**
     * Replaces a damaged database by one made from a copy of it and from the changes of its changelog that can still be
     * read, wherever in the file they are. The new database is a new replica: its next sync brings what else the
     * storage has. Local tables are as in the copy. The result is checked before anything changes.
     *
     * @param file the damaged database; no process may have it open
     * @param copy one that {@link Maintenance#copyTo} has made; {@code null} to use the changelog alone, which is whole
     *     only if it was never truncated
     * @param renamedTo the new path of the damaged database, in the folder of {@code file}. No file with this name may
     *     exist. The WAL moves with the database
     * @return what was recovered, and what was not
     * @throws OpenException if the copy is damaged or cannot be opened by this version, the database is in use, without
     *     a copy its library cannot be read, or a file cannot be written; the database is as it was
     */
    static Maintenance.Rebuild rebuild(Path file, @Nullable Path copy, Path renamedTo, Schema schema) {
        return SqliteDatabase.rebuild(file, copy, renamedTo, schema);
    }

    /** Like {@link #openTemporary(Schema, DatabaseOptions)}, with the default options. */
    static Database openTemporary(Schema schema) {
        return openTemporary(schema, DatabaseOptions.DEFAULT);
    }

    /**
     * Opens an empty database for tests, previews and caches. {@link #close} deletes it. The database is a file in a
     * new folder of {@code java.io.tmpdir}, because readers beside a writer need a write-ahead log, which SQLite cannot
     * keep in memory. No commit waits for the disk. A process that is killed leaves the folder behind.
     *
     * @param options the options; their durability is replaced by {@link Durability#NONE}
     * @throws OpenException as {@link #open(Path, Schema, DatabaseOptions)}
     */
    static Database openTemporary(Schema schema, DatabaseOptions options) {
        return SqliteDatabase.openTemporary(schema, options);
    }

    /**
     * Runs the work in a transaction. The transaction commits when the work returns, and rolls back when the work
     * throws. This method returns once the commit is as durable as the {@link Durability} promises.
     *
     * @return the result of the work
     * @throws X the exception of the work, unchanged
     * @throws TransactionException if called inside a transaction of the same thread, or if SQLite refuses the
     *     transaction
     * @throws Durability.UnknownException if the commit was made but its fsync failed, or if the fsync of an earlier
     *     commit failed. In the second case, nothing was written. After a failed fsync, every write fails until the
     *     database is closed and reopened
     */
    <T extends @Nullable Object, X extends Exception> T write(Transaction.Work<T, X> work) throws X;

    /**
     * Like {@link #write(Transaction.Work)}, for work without a result.
     *
     * @throws X the exception of the work, unchanged
     */
    @SuppressWarnings("overloads") // the compiler tells a lambda with a result from one without
    default <X extends Exception> void write(Transaction.Action<X> work) throws X {
        write(transaction -> {
            work.run(transaction);
            return true;
        });
    }

    /**
     * Like {@link #write(Transaction.Work)}, for writes based on an older state, such as the state in which the user
     * opened an edit form. Changes applied after {@code seen} count as not seen, so overwriting them is a conflict.
     *
     * @param seen the {@link Query.Result#vector} of the result that the writes are based on
     */
    <T extends @Nullable Object, X extends Exception> T writeBasedOn(VersionVector seen, Transaction.Work<T, X> work)
            throws X;

    /** Like {@link #writeBasedOn(VersionVector, Transaction.Work)}, for work without a result. */
    @SuppressWarnings("overloads")
    default <X extends Exception> void writeBasedOn(VersionVector seen, Transaction.Action<X> work) throws X {
        writeBasedOn(seen, transaction -> {
            work.run(transaction);
            return true;
        });
    }

    /**
     * Runs the work against one consistent state of the database, on a read-only connection.
     *
     * @throws X the exception of the work, unchanged
     */
    <T extends @Nullable Object, X extends Exception> T read(Reader.Work<T, X> work) throws X;

    /**
     * Returns the rows of the query in the present state. Inside a transaction, use the transaction's own method to see
     * its writes.
     */
    default <T> List<T> list(Query<T> query) {
        return read(reader -> reader.list(query));
    }

    /** Like {@link Reader#one}, on the present state. */
    default <T> T one(Query<T> query) {
        return read(reader -> reader.one(query));
    }

    /** Like {@link Reader#optional}, on the present state. */
    default <T> Optional<T> optional(Query<T> query) {
        return read(reader -> reader.optional(query));
    }

    /**
     * Like {@link Reader#stream}, on the present state. While a stream is read, SQLite cannot empty its write-ahead
     * log.
     */
    default <T, R extends @Nullable Object> R stream(Query<T> query, Function<Stream<T>, R> work) {
        return read(reader -> reader.stream(query, work));
    }

    /**
     * Delivers the query's first result, then each result that differs from the one before, in commit order. The query
     * runs again after each commit to its tables. If commits are faster than the subscriber, the subscriber gets only
     * the latest result.
     *
     * <p>Rows that did not change are the same objects in each result. A slow subscriber does not delay others.
     *
     * @param executor runs {@code onResult} and {@code onError}, one call at a time; with {@code Runnable::run}, a
     *     virtual thread runs them. If the executor rejects a result, the result is not delivered and {@code onError}
     *     is called instead
     * @param onResult receives each result. If it throws, {@code onError} receives the exception, and the subscription
     *     continues
     * @param onError receives exceptions of the query and of {@code onResult}. The subscription continues after them
     */
    <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult, Consumer<Throwable> onError);

    /**
     * Like {@link #subscribe(Query, Executor, Consumer, Consumer)}, but reports failures as {@link
     * DatabaseEvent.SubscriptionFailed}.
     */
    <T> Subscription subscribe(Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult);

    /**
     * Returns a reactive stream of the results that {@link #subscribe(Query, Executor, Consumer, Consumer)} delivers.
     * Each subscriber gets as many results as it requested. Results that it did not request are not queued. Instead,
     * its next request gets the latest result, with the difference from the last result that it got. If the query
     * fails, the stream ends with {@code onError}. If the database is closed, the stream ends with {@code onComplete}.
     *
     * @param executor runs the subscriber's methods, one at a time
     */
    <T> Flow.Publisher<Query.Result<T>> publisher(Query<T> query, Executor executor);

    /**
     * Delivers the events that need a user's attention, beginning with earlier events that still apply. Events without
     * a listener are logged. The listener is never called inside a lock or a transaction.
     *
     * @param executor runs the listener, one event at a time, in order
     * @return a subscription that ends the delivery when it is closed
     */
    Subscription onEvent(Executor executor, Consumer<DatabaseEvent> listener);

    /** Returns the changelog, which contains the changes of all replicas that this database has applied. */
    LocalChangelog changelog();

    /** Returns the store of the blobs that are on this device. */
    Blobs blobs();

    /**
     * Removes unreferenced blobs from this device at once, instead of after a month as the engine does by itself. Call
     * it for blobs of rows that were deleted for good. The storage retains its copies, so the blob of a restored row
     * can be downloaded again.
     *
     * @param files the blobs; a blob to which a shown, hidden or waiting row or an open conflict refers is skipped
     * @return the blobs that were not removed and should be discarded again later. These are the blobs added within the
     *     last hour, because their rows may not be written yet; or all blobs, while the database has cells of unknown
     *     tables or columns
     */
    Set<BlobId> discardBlobs(Collection<BlobId> files);

    /** Returns the maintenance of this database. */
    Maintenance maintenance();

    /** Returns all open conflicts, ordered by table, row and column. */
    List<Conflict> conflicts();

    /**
     * Returns the syncs that removed more than half of the rows, by deletes of one device or by a snapshot, the latest
     * first. Leaves out the syncs that were {@linkplain #undo undone} here. A removal by a snapshot can be undone for
     * 30 days.
     */
    List<MassDelete> massDeletes();

    /**
     * Restores the rows of a mass delete by new writes of this replica in one transaction, so other devices get the
     * rows back, too. Rows that were restored or deleted again since stay as they are, as do deleted rows whose parent
     * is gone or whose unique value another row has.
     *
     * @return the number of rows that came back
     */
    long undo(MassDelete deletion);

    /** Returns all rows that are known but cannot be shown, ordered by table and row. */
    List<HiddenRow> hiddenRows();

    /**
     * Calls the work with a stream of all data that the tables do not show, ordered by table and row. The data are
     * hidden rows and waiting cells, with the reason, the known values and the device that wrote them. The values of a
     * row are read when the stream reaches the row.
     *
     * @param work reads as much of the stream as it needs. When the work returns, the stream is closed
     */
    <R extends @Nullable Object> R hiddenData(Function<Stream<HiddenData>, R> work);

    /** Returns how many rows have data that the tables do not show, by reason. Does not read the values. */
    HiddenData.Counts hiddenDataCounts();

    /**
     * Returns the known values, by column, of a hidden or deleted row, which SQL cannot see. A user can decide about
     * the row with them. The values are as SQLite stores them. Columns that this program does not know are included.
     *
     * @return the values; empty if the row is shown, or if none of its values are retained
     * @throws TransactionException if the table is not synced
     */
    Map<String, @Nullable Object> retainedValues(String table, UUID row);

    /**
     * Returns the cells that wait to be shown, because this program does not know their table or column, or because
     * their value does not have the declared type.
     */
    List<WaitingCell> waitingCells();

    /**
     * Returns when these rows were created and last changed, and by which replica. Leaves out untracked rows.
     *
     * @throws TransactionException if the table is not synced
     */
    Map<UUID, RowHistory.Origin> origins(String table, Collection<UUID> rows);

    /**
     * Returns all known versions of a row with their writer, time and status, the latest first. {@link RowHistory#at}
     * computes what the row was at any time. Looks up the row's changes in an index and reads only the blocks that
     * contain them.
     *
     * @throws TransactionException if the table is not synced
     */
    RowHistory history(String table, UUID row);

    /** Returns this replica's id. A replica that detects a fork switches to a new id. */
    ReplicaId replica();

    /** Returns the id of this replica's library. The id changes when the replica joins another library. */
    UUID library();

    /** Returns the known device names of all replicas, including this one. */
    Map<ReplicaId, String> replicaNames();

    /** Sets the name under which other devices list this replica. */
    void setDeviceName(String name);

    /**
     * Returns all synced tables as text: shown rows, hidden rows, waiting cells and conflicts, each sorted. Two
     * replicas have equal dumps exactly when their synced state is equal.
     */
    String dump();

    /** Returns figures about the writes since the database was opened. May be called after the database was closed. */
    WriterMetrics writerMetrics();

    /**
     * Figures about the writes of this process since the database was opened, including merges and the engine's own
     * maintenance. Immutable. Commits may happen while the figures are read, so one figure may include a commit that
     * another figure lacks.
     *
     * @param commits transactions committed
     * @param rolledBack transactions rolled back
     * @param fsyncs how many fsyncs made commits durable; SQLite's own fsyncs for a WAL checkpoint are not counted
     * @param queueDepth how many threads wait to write at this moment
     * @param groupSizes how many commits each fsync covered
     * @param fsyncNanos how long each fsync took, in nanoseconds
     * @param commitNanos how long each commit took in nanoseconds, from the call until the commit was as durable as
     *     promised. This includes the wait for other writers and the work of the transaction
     */
    record WriterMetrics(
            long commits,
            long rolledBack,
            long fsyncs,
            int queueDepth,
            Distribution groupSizes,
            Distribution fsyncNanos,
            Distribution commitNanos) {

        /**
         * A distribution of values, accurate to one percent. All components are zero if there are no values.
         *
         * @param count how many values
         * @param mean the mean of the values
         * @param p50 the smallest value that half of the values do not exceed
         * @param p95 the same for 95 percent
         * @param p99 the same for 99 percent
         * @param max the greatest value
         */
        public record Distribution(long count, double mean, long p50, long p95, long p99, long max) {}
    }

    /** Returns the file that was opened. */
    Path file();

    /** Waits for a running transaction, ends all subscriptions and closes the file. Closing twice does nothing. */
    @Override
    void close();

    /** Thrown if a database could not be opened. The message names a remedy. */
    final class OpenException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of the problem's placeholders, in order
         */
        public OpenException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of the problem's placeholders, in order
         */
        public OpenException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
