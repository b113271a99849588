package dev.tidemark.engine;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.blob.Blobs;
import dev.tidemark.engine.changelog.LocalChangelog;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.history.WaitingCell;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.TemporaryFolder;
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
 * <p>Thread-safe. One writer at a time, in this and any other process on the same file; readers wait for nobody.
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

    /** Like {@link #openTemporary(Schema, DatabaseOptions)}, with the default options. */
    static Database openTemporary(Schema schema) {
        return openTemporary(schema, DatabaseOptions.DEFAULT);
    }

    /**
     * Opens an empty database that {@link #close} deletes: for tests, previews and caches, where Room has an in-memory database.
     * It has a file in a new folder of {@code java.io.tmpdir}, because readers beside a writer need a write-ahead log, which
     * SQLite does not keep in memory. No commit waits for the disk. A process that is killed leaves the folder behind.
     *
     * @param options the durability is {@link Durability#NONE}, whatever they say
     * @throws OpenException as {@link #open(Path, Schema, DatabaseOptions)}
     */
    static Database openTemporary(Schema schema, DatabaseOptions options) {
        return TemporaryFolder.open(schema, options);
    }

    /**
     * Runs the work in a transaction that commits when it returns and rolls back, leaving nothing, when it throws.
     * Returns once the commit is durable as the {@link Durability} promises.
     *
     * @return what the work returned
     * @throws X what the work threw, as it is
     * @throws TransactionException if called inside a transaction of the same thread, or if SQLite refuses
     * @throws Durability.UnknownException if the commit was made but its fsync failed, or if that happened to an earlier
     *     one: then nothing was done, and nothing is until the database was closed and opened again
     */
    <T extends @Nullable Object, X extends Exception> T write(Transaction.Work<T, X> work) throws X;

    /**
     * Like {@link #write(Transaction.Work)}, for work without a result.
     *
     * @throws X what the work threw, as it is
     */
    @SuppressWarnings("overloads") // the compiler tells a lambda with a result from one without
    default <X extends Exception> void write(Transaction.Action<X> work) throws X {
        write(transaction -> {
            work.run(transaction);
            return true;
        });
    }

    /**
     * Like {@link #write(Transaction.Work)}, for writes decided upon an older state: what came in after {@code seen} counts as
     * not seen, so that overwriting it is a conflict. For an edit form that was opened a while ago.
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
     * @throws X what the work threw, as it is
     */
    <T extends @Nullable Object, X extends Exception> T read(Reader.Work<T, X> work) throws X;

    /** The rows of the query, now. Inside a transaction use the transaction's own method to see its writes. */
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
     * Like {@link Reader#stream}, against the state of now. A stream that takes long keeps the write-ahead log from being
     * emptied meanwhile.
     */
    default <T, R extends @Nullable Object> R stream(Query<T> query, Function<Stream<T>, R> work) {
        return read(reader -> reader.stream(query, work));
    }

    /**
     * Delivers the query's first result and then each later one exactly when it differs: one re-query a commit, in
     * commit order, latest wins when commits come faster than the subscriber takes them.
     *
     * <p>Rows that did not change are the same objects in each result. A subscriber that is slow delays nobody else.
     *
     * @param executor where {@code onResult} and {@code onError} are called; never two calls at a time. With
     *     {@code Runnable::run}, or when it refuses work, that is a virtual thread of the engine.
     * @param onResult takes each result; if it throws, {@code onError} is told and the subscription goes on
     * @param onError takes what went wrong in the query or the subscriber, after which the subscription goes on
     */
    <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult, Consumer<Throwable> onError);

    /**
     * Like {@link #subscribe(Query, Executor, Consumer, Consumer)}, with what goes wrong told as a
     * {@link DatabaseEvent.SubscriptionFailed}.
     */
    <T> Subscription subscribe(Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult);

    /**
     * The same results as a reactive stream, for those who like it: each subscriber gets what
     * {@link #subscribe(Query, Executor, Consumer, Consumer)} delivers, as many as it requested. What comes meanwhile is
     * not queued: the latest wins, and its difference leads from the last result that the subscriber took. A failing query
     * ends the stream with {@code onError}, closing the database with {@code onComplete}.
     *
     * @param executor where the subscriber's methods are called, one at a time
     */
    <T> Flow.Publisher<Query.Result<T>> publisher(Query<T> query, Executor executor);

    /**
     * Tells the listener what needs a person's attention, beginning with what already does. What nobody listens to is
     * logged. The listener is never called inside a lock or a transaction.
     *
     * @param executor where the listener is called, one event at a time, in their order
     * @return ends it when closed
     */
    Subscription onEvent(Executor executor, Consumer<DatabaseEvent> listener);

    /** The changelog in this database: all changes of all replicas that it holds. */
    LocalChangelog changelog();

    /** The files that rows refer to, as far as they are on this device. */
    Blobs blobs();

    /**
     * Removes files from this device before the month is over for which {@link #blobs} keeps them without a row: for rows
     * that were deleted for good. The storage keeps them as before, so a row that comes back can fetch its file again.
     *
     * @param files those that no shown, hidden or waiting row and no open conflict refers to; others are passed over
     * @return those that were added within the last hour, perhaps for a row that is about to be written; ask again later
     */
    Set<BlobId> discardBlobs(Collection<BlobId> files);

    /** What keeps the database small. */
    Maintenance maintenance();

    /** All open conflicts, by table, row and column. */
    List<Conflict> conflicts();

    /**
     * The syncs in which one device's deletes, or a snapshot, took away more than half of the rows there were, and that
     * nobody has {@linkplain #undo undone} here; the latest first. What a snapshot took can be undone for 30 days.
     */
    List<MassDelete> massDeletes();

    /**
     * Brings back what a device deleted in one sync, as new writes of this replica in one transaction: other devices get it
     * back, too. What somebody has brought back or deleted anew since stays as it is, as does a row whose parent is gone or
     * whose unique value is taken.
     *
     * @return how many rows came back
     */
    long undo(MassDelete deletion);

    /** All rows that are known but cannot be shown, by table and row. */
    List<HiddenRow> hiddenRows();

    /**
     * What is known of a row that SQL cannot see because it is hidden or deleted, by column: for a person who decides what
     * is to become of it. Values are as SQLite holds them; columns that this program does not know are included.
     *
     * @return empty if the row is shown, or nothing is kept of it
     * @throws TransactionException if the table is not synced
     */
    Map<String, @Nullable Object> retainedValues(String table, UUID row);

    /** The cells that wait for a table or column that this program does not know, or for a value of the declared type. */
    List<WaitingCell> waitingCells();

    /**
     * When these rows were created and last changed, and by whom. Rows that are not tracked are left out.
     *
     * @throws TransactionException if the table is not synced
     */
    Map<UUID, RowHistory.Origin> origins(String table, Collection<UUID> rows);

    /**
     * All versions of a row that are known, the latest first: who wrote what when, and whether it still holds; and from them
     * the row as it was at any time. Looks up the row's changes one by one in an index and reads the blocks that they lie in.
     *
     * @throws TransactionException if the table is not synced
     */
    RowHistory history(String table, UUID row);

    /** This copy's id. It changes when the database turns out to be a copy of another replica. */
    ReplicaId replica();

    /** The id of the library that this is a copy of. Changes once at most, when the replica joins another's library. */
    UUID library();

    /** The names that replicas gave themselves, as far as they are known; this one's own included. */
    Map<ReplicaId, String> replicaNames();

    /** Gives this replica the name that others are shown. */
    void setDeviceName(String name);

    /**
     * All synced tables as text that is equal on two replicas exactly when they agree: rows shown, hidden rows, waiting
     * cells and conflicts, each sorted.
     */
    String dump();

    /** What the writer has done since the database was opened; also after it was closed. */
    WriterMetrics writerMetrics();

    /**
     * What the writer of a database has done since it was opened, merges and the engine's own upkeep included; what other
     * processes do to the file is not. Immutable. The numbers are read while writers go on, so one may be a commit ahead of
     * another.
     *
     * @param commits transactions committed
     * @param rolledBack transactions that left nothing
     * @param fsyncs how often commits were made durable; without what SQLite does by itself for a checkpoint
     * @param queueDepth how many threads wait for their turn to write, at this moment
     * @param groupSizes how many commits an fsync covered
     * @param fsyncNanos how long an fsync took, in nanoseconds
     * @param commitNanos how long a commit took, in nanoseconds: from the call, with the wait for other writers and the
     *     transaction's own work, until it was as durable as promised
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
         * How values are spread, each within one percent. All zero where there is none.
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

    /** The file that was opened. */
    Path file();

    /** Waits for a running transaction, ends all subscriptions and closes the file. Closing twice does nothing. */
    @Override
    void close();

    /** The database could not be opened; nothing was changed. The message says what to do. */
    final class OpenException extends TidemarkException {
        private static final long serialVersionUID = 1L;

        /**
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public OpenException(Problem problem, @Nullable Object... arguments) {
            super(problem, arguments);
        }

        /**
         * @param cause what happened beneath
         * @param problem what happened
         * @param arguments what fills its places, in order
         */
        public OpenException(Throwable cause, Problem problem, @Nullable Object... arguments) {
            super(cause, problem, arguments);
        }
    }
}
