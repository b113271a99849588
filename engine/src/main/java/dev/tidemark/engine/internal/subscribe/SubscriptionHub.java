package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.ReadPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the subscriptions of one database: runs their queries again when commits may have changed the results, on one
 * thread, and hands the results to the subscribers. Thread-safe; nothing here waits for a query or a subscriber.
 *
 * <p>Since a query is registered before it runs, and every run begins after the commit that asked for it, no commit is
 * missed. Subscriptions to the same SELECT share its runs.
 */
public final class SubscriptionHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionHub.class);

    private final ReadPool pool;
    private final TableFinder finder = new TableFinder();
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Map<LiveQuery.Key, LiveQuery> queries = new HashMap<>();
    private final SequencedSet<LiveQuery> fresh = new LinkedHashSet<>();
    private final SequencedSet<LiveQuery> stale = new LinkedHashSet<>();
    private final Set<String> changed = new HashSet<>();
    private boolean anythingChanged;
    private boolean closed;
    private @Nullable Thread thread;

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
        Subscriber<T> subscriber = new Subscriber<>(query, executor, onResult, onError, this::remove);
        synchronized (lock) {
            if (closed) {
                throw new QueryException("The database is closed.");
            }
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
    public void committedElsewhere() {
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

    private void remove(Subscriber<?> subscriber) {
        synchronized (lock) {
            LiveQuery shared = queries.get(LiveQuery.Key.of(subscriber.query()));
            if (shared != null
                    && shared.subscribers().remove(subscriber)
                    && shared.subscribers().isEmpty()) {
                queries.remove(shared.key());
                fresh.remove(shared);
                stale.remove(shared);
            }
        }
    }

    private void work() {
        try {
            while (awaitWork()) {
                findStale();
                LiveQuery next = next();
                if (next != null) {
                    next.run(pool, finder);
                }
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
            while (!closed && fresh.isEmpty() && stale.isEmpty() && changed.isEmpty() && !anythingChanged) {
                lock.wait();
            }
            return !closed;
        }
    }

    /** Finds the queries that the commits since the last time concern. */
    private void findStale() {
        Set<String> tables;
        synchronized (lock) {
            if (anythingChanged) {
                stale.addAll(queries.values());
                anythingChanged = false;
                changed.clear();
            }
            if (changed.isEmpty()) {
                return;
            }
            tables = Set.copyOf(changed);
            changed.clear();
        }
        Set<String> affected = affectedBy(tables);
        synchronized (lock) {
            for (LiveQuery query : queries.values()) {
                if (affected == null || query.reads(affected)) {
                    stale.add(query);
                }
            }
        }
    }

    /** What may have changed with the tables; {@code null} if that cannot be found out. */
    private @Nullable Set<String> affectedBy(Set<String> tables) {
        try {
            return pool.inTransaction(reader -> finder.affectedBy(reader.connection(), tables));
        } catch (RuntimeException failure) {
            LOG.warn("It is unknown what else changed with {}; all subscriptions are run again.", tables, failure);
            return null;
        }
    }

    /** The query to run: one that somebody waits for, else the one that has been stale for longest. */
    private @Nullable LiveQuery next() {
        synchronized (lock) {
            LiveQuery next = !fresh.isEmpty() ? fresh.removeFirst() : !stale.isEmpty() ? stale.removeFirst() : null;
            if (next != null) {
                stale.remove(next);
            }
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
        open.forEach(Subscriber::close);
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
