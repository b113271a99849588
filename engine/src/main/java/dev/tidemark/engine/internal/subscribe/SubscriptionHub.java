package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Manages the subscriptions of one database. One thread reruns queries after commits that may have changed their
 * results, and offers the results to the subscribers. Thread-safe. Only {@link #close} waits for a running query or
 * subscriber.
 *
 * <p>No commit is missed, because a query is registered before it runs, and every run begins after the commit that
 * caused it. Subscriptions to the same SELECT share its runs. All queries of one round read the same database state.
 */
public final class SubscriptionHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionHub.class);

    /**
     * The time in nanoseconds after which a read transaction runs no further query, so that results are recent and
     * SQLite can checkpoint the WAL.
     */
    private static final long MAX_ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReadPool pool;
    private final TableFinder finder = new TableFinder();
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Map<LiveQuery.Key, LiveQuery> queries = new HashMap<>();
    /** Queries with a new subscriber, in the order of subscription. The next round moves them to {@code due}. */
    private SequencedSet<LiveQuery> added = new LinkedHashSet<>();

    private SequencedSet<LiveQuery> due = new LinkedHashSet<>();
    private final SequencedSet<LiveQuery> stale = new LinkedHashSet<>();
    private final Set<String> changed = new HashSet<>();
    private boolean anythingChanged;
    private long round;
    private long runs;
    private boolean closed;
    private @Nullable Thread thread;

    /** Thrown to end a round after a query failed, because SQLite may have ended the round's transaction already. */
    private static final class RoundEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RoundEnded() {
            super("A query failed", null, false, false);
        }
    }

    /** @param pool a pool that must stay open until the hub is closed */
    public SubscriptionHub(ReadPool pool) {
        this.pool = pool;
    }

    /** See {@link dev.tidemark.engine.Database#subscribe}. */
    public <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<Query.Result<T>> onResult, Consumer<Throwable> onError) {
        return subscribe(query, executor, ResultListener.of(onResult, onError), Long.MAX_VALUE);
    }

    /**
     * See {@link dev.tidemark.engine.Database#publisher}.
     *
     * @param onError receives exceptions that a subscriber throws against the rules of reactive streams
     */
    public <T> Flow.Publisher<Query.Result<T>> publisher(
            Query<T> query, Executor executor, Consumer<Throwable> onError) {
        return subscriber -> {
            Objects.requireNonNull(subscriber, "subscriber");
            new ResultStream<>(this, query, subscriber, new SerialExecutor(executor), onError).start();
        };
    }

    <T> Subscriber<T> subscribe(Query<T> query, Executor executor, ResultListener<T> receiver, long demand) {
        Subscriber<T> subscriber;
        synchronized (lock) {
            if (closed) {
                throw new QueryException(Problem.DATABASE_CLOSED);
            }
            subscriber = new Subscriber<>(query, round, executor, receiver, demand, this::remove);
            LiveQuery shared =
                    queries.computeIfAbsent(LiveQuery.Key.of(query), key -> new LiveQuery(key, query.parameters()));
            shared.subscribers().add(subscriber);
            // A query that has run before runs again, because its result may be older than the caller's last commit.
            added.add(shared);
            if (thread == null) {
                thread = Thread.ofPlatform()
                        .daemon()
                        .name("tidemark-subscriptions")
                        .start(this::work);
            }
            lock.notifyAll();
        }
        return subscriber;
    }

    /** Notifies the hub that a commit of this process wrote these tables. Returns at once. */
    public void committed(Set<String> tables) {
        synchronized (lock) {
            if (!queries.isEmpty() && changed.addAll(tables)) {
                lock.notifyAll();
            }
        }
    }

    /** Notifies the hub that any table, or the schema, may have changed. Returns at once. */
    public void onExternalCommit() {
        synchronized (lock) {
            if (!queries.isEmpty()) {
                anythingChanged = true;
                lock.notifyAll();
            }
        }
    }

    int queries() {
        synchronized (lock) {
            return queries.size();
        }
    }

    /** Returns how many times queries have run. Only tests use this. */
    long runs() {
        synchronized (lock) {
            return runs;
        }
    }

    private void remove(Subscriber<?> subscriber) {
        synchronized (lock) {
            LiveQuery shared = queries.get(LiveQuery.Key.of(subscriber.query()));
            if (shared != null
                    && shared.subscribers().remove(subscriber)
                    && shared.subscribers().isEmpty()) {
                queries.remove(shared.key());
                added.remove(shared);
                due.remove(shared);
                stale.remove(shared);
            }
        }
    }

    private void work() {
        try {
            while (awaitWork()) {
                runRound();
            }
        } catch (InterruptedException interruption) {
            LOG.error("The subscription thread was interrupted; no more results are delivered.", interruption);
        } catch (RuntimeException | Error bug) {
            LOG.error("The subscription thread ended; no more results are delivered.", bug);
        }
    }

    /** Waits for work. Returns {@code false} once the hub is closed. */
    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (!closed
                    && added.isEmpty()
                    && due.isEmpty()
                    && stale.isEmpty()
                    && changed.isEmpty()
                    && !anythingChanged) {
                lock.wait();
            }
            return !closed;
        }
    }

    /** Runs queries in one read transaction. The transaction begins after all commits that the hub knows of. */
    private void runRound() {
        Set<String> tables;
        synchronized (lock) {
            round++;
            due.addAll(added);
            added = new LinkedHashSet<>();
            if (anythingChanged) {
                stale.addAll(queries.values());
                anythingChanged = false;
                changed.clear();
            }
            tables = Set.copyOf(changed);
            changed.clear();
        }
        try {
            pool.inTransaction(reader -> {
                addStale(tables.isEmpty() ? tables : affectedBy(reader, tables));
                runQueries(reader);
                return null;
            });
        } catch (RoundEnded ended) {
            LOG.debug("A query of the round failed; its subscribers received the error.");
        } catch (RuntimeException failure) {
            deliverFailure(failure, !tables.isEmpty());
        }
    }

    /**
     * Handles a failed read transaction. Delivers the failure to the subscribers of the next query. The other stale
     * queries run in later rounds.
     */
    private void deliverFailure(RuntimeException failure, boolean mayHaveChanged) {
        if (mayHaveChanged) {
            addStale(null);
        }
        LiveQuery next = next();
        if (next == null) {
            LOG.warn("A read transaction of the subscriptions could not be ended normally.", failure);
        } else {
            next.deliver(new Outcome.Failed(failure), round);
        }
    }

    /** @param affected the tables that may have changed; {@code null} stands for all */
    private void addStale(@Nullable Set<String> affected) {
        if (affected != null && affected.isEmpty()) {
            return;
        }
        synchronized (lock) {
            // Fast queries run before slow ones, but after those that an earlier round did not reach.
            queries.values().stream()
                    .filter(query -> affected == null || query.reads(affected))
                    .sorted(Comparator.comparingLong(LiveQuery::nanos))
                    .forEach(stale::add);
        }
    }

    /** Returns these tables and all that may have changed with them; {@code null} if they cannot be determined. */
    private @Nullable Set<String> affectedBy(SqlReader reader, Set<String> tables) {
        try {
            return finder.affectedBy(reader, tables);
        } catch (SQLException | RuntimeException failure) {
            LOG.warn(
                    "The other tables that changed with {} are unknown; all subscriptions run again.", tables, failure);
            return null;
        }
    }

    /** Runs queries until a new subscriber arrives or the transaction has been open for too long. */
    private void runQueries(SqlReader reader) {
        long end = System.nanoTime() + MAX_ROUND;
        LiveQuery query = next();
        while (query != null) {
            Outcome outcome = query.read(reader, finder);
            query.deliver(outcome, round);
            if (outcome instanceof Outcome.Failed) {
                throw new RoundEnded();
            }
            query = System.nanoTime() < end ? next() : null;
        }
    }

    /**
     * Returns the next query to run: one with a new subscriber, or else the one that has been stale longest; {@code
     * null} if the round ends.
     */
    private @Nullable LiveQuery next() {
        synchronized (lock) {
            if (closed) {
                return null;
            }
            LiveQuery next = null;
            if (!due.isEmpty()) {
                next = due.removeFirst();
                stale.remove(next);
            } else if (added.isEmpty() && !stale.isEmpty()) {
                next = stale.removeFirst();
            }
            runs += next == null ? 0 : 1;
            return next;
        }
    }

    /** Ends all subscriptions, and waits for the running query and for running calls. */
    @Override
    public void close() {
        List<Subscriber<?>> open = new ArrayList<>();
        Thread running;
        synchronized (lock) {
            closed = true;
            running = thread;
            queries.values().forEach(query -> open.addAll(query.subscribers()));
            lock.notifyAll();
        }
        open.forEach(Subscriber::closeWithDatabase);
        if (running != null) {
            join(running);
        }
    }

    private static void join(Thread running) {
        try {
            running.join();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
