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
 * One replica of a library in one SQLite file: SQL in, live results out, every change tracked.
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
 * <p>Thread-safe. One writer at a time runs, over all processes that use the file. Readers never wait for a writer.
 */
public interface Database extends AutoCloseable {
    /**
     * Opens the file with the default options, creating it and migrating its schema as needed.
     *
     * @throws OpenException if the file cannot be opened, is no database of this engine, or its schema does not
     *     fit; nothing was changed
     */
    static Database open(Path file, Schema schema) {
        return open(file, schema, DatabaseOptions.DEFAULT);
    }

    /**
     * Opens the file, creating it and migrating its schema as needed.
     *
     * @throws OpenException if the file cannot be opened, is no database of this engine, or its schema does not
     *     fit; nothing was changed
     */
    static Database open(Path file, Schema schema, DatabaseOptions options) {
        return SqliteDatabase.open(file, schema, options);
    }

    /**
     * Puts a copy that {@link Maintenance#copyTo} made in the place of a database, or of a missing file. Opening it makes a new
     * replica. The copy is checked before anything changes. A crash leaves the database as it was, or as in the copy.
     *
     * @param file the database; no process may have it open
     * @param copy stays as it is
     * @param aside where the present database is kept; does not exist yet, in the folder of {@code file}. If the database is
     *     damaged, its WAL is kept beside it
     * @throws OpenException if the copy is damaged or cannot be opened by this version, or the database is in use, or a file cannot
     *     be written; the database is as it was
     */
    static void replace(Path file, Path copy, Path aside, Schema schema) {
        SqliteDatabase.replace(file, copy, aside, schema);
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
     * Says what {@link #rebuild} would recover. Reads both files, writes only a temporary file beside {@code file}, and takes
     * seconds for a large library.
     *
     * @param file the damaged database; no process may have it open
     * @param copy see {@link #rebuild}
     * @throws OpenException if the copy is damaged or cannot be opened by this version, or a file cannot be read
     */
    static Maintenance.Rebuild planRebuild(Path file, @Nullable Path copy, Schema schema) {
        return SqliteDatabase.planRebuild(file, copy, schema);
    }

    /**
     * Replaces a damaged database by one made from a copy of it and from the changes of its changelog that can still be read,
     * wherever in the file they are. The new database is a new replica: its next sync brings what else the storage has. Local
     * tables are as in the copy. The result is checked before anything changes.
     *
     * @param file the damaged database; no process may have it open
     * @param copy one that {@link Maintenance#copyTo} has made; {@code null} to use the changelog alone, which is whole only
     *     if it was never truncated
     * @param aside where the damaged database is kept, with its WAL beside it; does not exist yet, in the folder of {@code
     *     file}
     * @return what was recovered, and what was not
     * @throws OpenException if the copy is damaged or cannot be opened by this version, the database is in use, without a copy
     *     its library cannot be read, or a file cannot be written; the database is as it was
     */
    static Maintenance.Rebuild rebuild(Path file, @Nullable Path copy, Path aside, Schema schema) {
        return SqliteDatabase.rebuild(file, copy, aside, schema);
    }

    /** Like {@link #openTemporary(Schema, DatabaseOptions)}, with the default options. */
    static Database openTemporary(Schema schema) {
        return openTemporary(schema, DatabaseOptions.DEFAULT);
    }

    /**
     * Opens an empty database that {@link #close} deletes: for tests, previews and caches. The file is in a new folder
     * of {@code java.io.tmpdir}: readers beside a writer need a write-ahead log, which SQLite cannot keep in memory. No
     * commit waits for the disk. A process that is killed leaves the folder behind.
     *
     * @param options their durability is ignored: it is always {@link Durability#NONE}
     * @throws OpenException as {@link #open(Path, Schema, DatabaseOptions)}
     */
    static Database openTemporary(Schema schema, DatabaseOptions options) {
        return SqliteDatabase.openTemporary(schema, options);
    }

    /**
     * Runs the work in a transaction. It commits when the work returns, and rolls back when the work throws. This
     * method returns once the commit is as durable as the {@link Durability} promises.
     *
     * @return the result of the work
     * @throws X the exception of the work, unchanged
     * @throws TransactionException if called inside a transaction of the same thread, or if SQLite refuses
     * @throws Durability.UnknownException if the commit was made but its fsync failed; or if the fsync of an earlier
     *     commit failed: then nothing was written, and every write fails until the database is closed and reopened
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
     * Like {@link #write(Transaction.Work)}, for writes based on an older state, as of an edit form that was opened
     * earlier. Changes applied after {@code seen} count as not seen, so overwriting them is a conflict.
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

    /** Returns the rows of the query, now. Inside a transaction, use the transaction's own method to see its writes. */
    default <T> List<T> list(Query<T> query) {
        return read(reader -> reader.list(query));
    }

    /** Like {@link Reader#one}, now. */
    default <T> T one(Query<T> query) {
        return read(reader -> reader.one(query));
    }

    /** Like {@link Reader#optional}, now. */
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
     * Delivers the query's first result, then each new one that differs, in commit order. The query runs again after
     * each commit to its tables. If commits are faster than the subscriber, it gets only the latest result.
     *
     * <p>Rows that did not change are the same objects in each result. A slow subscriber does not delay others.
     *
     * @param executor runs {@code onResult} and {@code onError}, one call at a time; with {@code Runnable::run}, or if
     *     it refuses work, a virtual thread of the engine does
     * @param onResult receives each result; {@code onError} receives what it throws, and the subscription continues
     * @param onError receives exceptions of the query and of the subscriber; the subscription continues
     */
    <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult, Consumer<Throwable> onError);

    /**
     * Like {@link #subscribe(Query, Executor, Consumer, Consumer)}, but reports failures as {@link
     * DatabaseEvent.SubscriptionFailed}.
     */
    <T> Subscription subscribe(Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult);

    /**
     * Returns the same results as a reactive stream: each subscriber gets the results of {@link #subscribe(Query,
     * Executor, Consumer, Consumer)}, as many as it requested. Unrequested results are not queued: the latest wins, and
     * its difference starts from the last result that the subscriber got. A failing query ends the stream with {@code
     * onError}; closing the database ends it with {@code onComplete}.
     *
     * @param executor runs the subscriber's methods, one at a time
     */
    <T> Flow.Publisher<Query.Result<T>> publisher(Query<T> query, Executor executor);

    /**
     * Delivers the events that need a user's attention, beginning with those that still apply. Events without a
     * listener are logged. The listener is never called inside a lock or a transaction.
     *
     * @param executor runs the listener, one event at a time, in order
     * @return ends the delivery when closed
     */
    Subscription onEvent(Executor executor, Consumer<DatabaseEvent> listener);

    /** Returns the changelog of this database: all changes of all replicas that it holds. */
    LocalChangelog changelog();

    /** Returns the blobs that rows refer to, as far as they are on this device. */
    Blobs blobs();

    /**
     * Removes unreferenced blobs from this device at once, not after the month for which {@link #blobs} retains them.
     * Call it for blobs of rows that were deleted for good. The storage retains its copies, so a restored row can fetch
     * its blob again.
     *
     * @param files the blobs; those that a shown, hidden or waiting row or an open conflict refers to are skipped
     * @return those to try again later: blobs added within the last hour, perhaps for a row to come; all of them while
     *     the database has cells of unknown tables or columns
     */
    Set<BlobId> discardBlobs(Collection<BlobId> files);

    /** Returns the maintenance of this database. */
    Maintenance maintenance();

    /** Returns all open conflicts, ordered by table, row and column. */
    List<Conflict> conflicts();

    /**
     * Returns the syncs in which the deletes of one device, or a snapshot, removed more than half of the rows and that
     * were not {@linkplain #undo undone} here; the latest first. A snapshot's removal can be undone for 30 days.
     */
    List<MassDelete> massDeletes();

    /**
     * Brings back the rows of a mass delete, as new writes of this replica in one transaction, so other devices get
     * them back, too. Rows that were restored or deleted again since stay as they are, as do rows whose parent is gone
     * or whose unique value is taken.
     *
     * @return the number of rows that came back
     */
    long undo(MassDelete deletion);

    /** Returns all rows that are known but cannot be shown, ordered by table and row. */
    List<HiddenRow> hiddenRows();

    /**
     * Passes all data that the tables do not show, ordered by table and row: hidden rows and waiting cells with their
     * reason, known values, and the device that wrote them. Reads the values of a row when the stream gets to it.
     *
     * @param work reads as much of the stream as it needs; the stream is closed when it returns
     */
    <R extends @Nullable Object> R hiddenData(Function<Stream<HiddenData>, R> work);

    /** Returns how many rows have data that the tables do not show, by reason. Reads indexes, and no values. */
    HiddenData.Counts hiddenDataCounts();

    /**
     * Returns the known values of a row that SQL cannot see because it is hidden or deleted, by column, so that a user
     * can decide about it. Values are as SQLite holds them; columns that this program does not know are included.
     *
     * @return empty if the row is shown, or no values of it are retained
     * @throws TransactionException if the table is not synced
     */
    Map<String, @Nullable Object> retainedValues(String table, UUID row);

    /**
     * Returns the cells that wait: their table or column is unknown to this program, or their value has another type.
     */
    List<WaitingCell> waitingCells();

    /**
     * Returns when these rows were created and last changed, and by which replica. Leaves out untracked rows.
     *
     * @throws TransactionException if the table is not synced
     */
    Map<UUID, RowHistory.Origin> origins(String table, Collection<UUID> rows);

    /**
     * Returns all known versions of a row, the latest first: with writer, time and status; {@link RowHistory#at}
     * computes the row as of any time. Looks up the row's changes in an index and reads only the blocks that hold them.
     *
     * @throws TransactionException if the table is not synced
     */
    RowHistory history(String table, UUID row);

    /** Returns this replica's id. A replica that detects a fork switches to a new id. */
    ReplicaId replica();

    /** Returns the id of this replica's library. It changes when the replica joins another library. */
    UUID library();

    /** Returns the known device names of replicas, this one's included. */
    Map<ReplicaId, String> replicaNames();

    /** Sets the name under which other devices list this replica. */
    void setDeviceName(String name);

    /**
     * Returns all synced tables as text: shown rows, hidden rows, waiting cells and conflicts, each sorted. Two
     * replicas have equal dumps exactly when they agree.
     */
    String dump();

    /** Returns the writer's figures since the database was opened; also works after it was closed. */
    WriterMetrics writerMetrics();

    /**
     * Figures of a database's writer since it was opened, merges and the engine's own maintenance included, other
     * processes excluded. Immutable. Commits may happen while the numbers are read, so one may be a commit ahead of
     * another.
     *
     * @param commits transactions committed
     * @param rolledBack transactions rolled back
     * @param fsyncs how often commits were made durable; SQLite's own fsyncs for a WAL checkpoint are not counted
     * @param queueDepth how many threads wait to write at this moment
     * @param groupSizes how many commits an fsync covered
     * @param fsyncNanos how long an fsync took, in nanoseconds
     * @param commitNanos how long a commit took, in nanoseconds: from the call until it was as durable as promised, the
     *     wait for other writers and the transaction's own work included
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
         * The distribution of some values, each within one percent. All zero if there are no values.
         *
         * @param count how many values
         * @param mean their mean
         * @param p50 the smallest value that half of them do not exceed
         * @param p95 the same for 95 percent
         * @param p99 the same for 99 percent
         * @param max the greatest
         */
        public record Distribution(long count, double mean, long p50, long p95, long p99, long max) {}
    }

    /** Returns the file that was opened. */
    Path file();

    /** Waits for a running transaction, ends all subscriptions and closes the file. Closing twice does nothing. */
    @Override
    void close();

    /** The database could not be opened; nothing was changed. The message names a remedy. */
    final class OpenException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public OpenException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause the underlying exception
         * @param problem the problem
         * @param arguments the values of its placeholders, in order
         */
        public OpenException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
