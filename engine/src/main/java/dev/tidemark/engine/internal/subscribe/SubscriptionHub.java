package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.ReadPool;
import dev.tidemark.engine.internal.read.SqlReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the subscriptions of one database: runs their queries again when commits may have changed the results, on one
 * thread, and hands the results to the subscribers. Thread-safe; nothing here waits for a query or a subscriber.
 *
 * <p>Since a query is registered before it runs, and every run begins after the commit that asked for it, no commit is
 * missed. Subscriptions to the same SELECT share its runs, and all queries of one round read the same state.
 */
public final class SubscriptionHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionHub.class);

    /** One state is read for so long at most: then newer ones are worth more, and SQLite's log can be checkpointed. */
    private static final long LONGEST_ROUND = TimeUnit.MILLISECONDS.toNanos(20);

    private final ReadPool pool;
    private final TableFinder finder = new TableFinder();
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Map<LiveQuery.Key, LiveQuery> queries = new HashMap<>();
    /** Queries with a new subscriber, in the order of subscribing; and those of them that the present round runs. */
    private SequencedSet<LiveQuery> fresh = new LinkedHashSet<>();

    private SequencedSet<LiveQuery> due = new LinkedHashSet<>();
    private final SequencedSet<LiveQuery> stale = new LinkedHashSet<>();
    private final Set<String> changed = new HashSet<>();
    private boolean anythingChanged;
    private long round;
    private long runs;
    private boolean closed;
    private @Nullable Thread thread;

    /** Ends the transaction of a round after a query failed: SQLite may have ended it by itself. */
    private static final class RoundEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RoundEnded() {
            super("A query failed", null, false, false);
        }
    }

    /** @param pool stays open until this is closed */
    public SubscriptionHub(ReadPool pool) {
        this.pool = pool;
    }

    /**
     * See {@link dev.tidemark.engine.Database#subscribe}.
     *
     * @throws QueryException if this is closed
     */
    public <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<QueryResult<T>> onResult, Consumer<Throwable> onError) {
        return subscribe(query, executor, ResultListener.of(onResult, onError), Long.MAX_VALUE);
    }

    /** The same for a receiver that wants so many results only, until it asks for more. */
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
            // Also if it has run before: what it read then may be older than what the caller has seen.
            fresh.add(shared);
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

    /** Tells that a commit of this process wrote these tables. Returns at once. */
    public void committed(Set<String> tables) {
        synchronized (lock) {
            if (!queries.isEmpty() && changed.addAll(tables)) {
                lock.notifyAll();
            }
        }
    }

    /** Tells that any table may have changed, or the schema. Returns at once. */
    public void onExternalCommit() {
        synchronized (lock) {
            if (!queries.isEmpty()) {
                anythingChanged = true;
                lock.notifyAll();
            }
        }
    }

    /** How many different queries are subscribed to. */
    int queries() {
        synchronized (lock) {
            return queries.size();
        }
    }

    /** How often a query was run, for tests. */
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
                fresh.remove(shared);
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
            LOG.error("The thread of the subscriptions was interrupted; nothing more is delivered.", interruption);
        } catch (RuntimeException | Error bug) {
            LOG.error("The thread of the subscriptions ended; nothing more is delivered.", bug);
        }
    }

    /** Whether there is anything left to do, ever. */
    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (!closed
                    && fresh.isEmpty()
                    && due.isEmpty()
                    && stale.isEmpty()
                    && changed.isEmpty()
                    && !anythingChanged) {
                lock.wait();
            }
            return !closed;
        }
    }

    /** Runs queries in one read transaction, which begins after all that is known now. */
    private void runRound() {
        Set<String> tables;
        synchronized (lock) {
            round++;
            due.addAll(fresh);
            fresh = new LinkedHashSet<>();
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
            LOG.debug("The round ended with a query that failed, of which its subscribers were told.");
        } catch (RuntimeException failure) {
            tellNext(failure, !tables.isEmpty());
        }
    }

    /** Nothing could be read: whoever is next is told, and all that may have changed stays to be run. */
    private void tellNext(RuntimeException failure, boolean unknown) {
        if (unknown) {
            addStale(null);
        }
        LiveQuery next = next();
        if (next == null) {
            LOG.warn("A read transaction of the subscriptions did not end as it should.", failure);
        } else {
            next.deliver(new Outcome.Failed(failure), round);
        }
    }

    /** @param affected tables; {@code null} stands for all */
    private void addStale(@Nullable Set<String> affected) {
        if (affected != null && affected.isEmpty()) {
            return;
        }
        synchronized (lock) {
            // What takes long shall not hold up what is quick; what an earlier round has left goes first.
            queries.values().stream()
                    .filter(query -> affected == null || query.reads(affected))
                    .sorted(Comparator.comparingLong(LiveQuery::nanos))
                    .forEach(stale::add);
        }
    }

    /** What may have changed with the tables; {@code null} if that cannot be found out. */
    private @Nullable Set<String> affectedBy(SqlReader reader, Set<String> tables) {
        try {
            return finder.affectedBy(reader, tables);
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("It is unknown what else changed with {}; all subscriptions are run again.", tables, failure);
            return null;
        }
    }

    /** Runs what is to be run, until somebody has subscribed meanwhile, or the state is too old to be worth it. */
    private void runQueries(SqlReader reader) {
        long end = System.nanoTime() + LONGEST_ROUND;
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

    /** The query to run: one that somebody waits for, else the one that has been stale for longest. */
    private @Nullable LiveQuery next() {
        synchronized (lock) {
            if (closed) {
                return null;
            }
            LiveQuery next = null;
            if (!due.isEmpty()) {
                next = due.removeFirst();
                stale.remove(next);
            } else if (fresh.isEmpty() && !stale.isEmpty()) {
                next = stale.removeFirst();
            }
            runs += next == null ? 0 : 1;
            return next;
        }
    }

    /** Ends all subscriptions, and waits for the query that is running. */
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
        open.forEach(Subscriber::endForGood);
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
