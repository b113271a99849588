package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Query.Result.Difference;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.ResultRow;
import dev.tidemark.engine.internal.read.SqlReader;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.QueryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription. Stores the newest outcome, and the rows last delivered, which it needs to compute a difference.
 *
 * <p>At most one delivery is in progress. A virtual thread maps and compares the rows, so that neither the subscriber's
 * thread nor other subscribers wait for this.
 */
final class Subscriber<T> implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);

    private final Query<T> query;
    private final long since;
    private final Executor executor;
    private final ResultListener<T> listener;
    private final Consumer<Subscriber<?>> onClose;

    private final CallGate gate = new CallGate();
    private final Object lock = new Object();

    // Guarded by the lock.
    private @Nullable Outcome newest;
    private @Nullable Outcome lastOutcome;
    private long demand;
    private boolean delivering;

    // Used only by the delivering thread, of which there is one at a time.
    private Outcome.@Nullable Rows delivered;
    private List<T> deliveredRows = List.of();

    /**
     * @param since the hub's round in which the subscription was made
     * @param demand how many results may be delivered before {@link #request} raises it; {@link Long#MAX_VALUE} for no
     *     limit
     */
    Subscriber(
            Query<T> query,
            long since,
            Executor executor,
            ResultListener<T> receiver,
            long demand,
            Consumer<Subscriber<?>> onClose) {
        this.query = query;
        this.since = since;
        this.executor = executor;
        this.listener = receiver;
        this.demand = demand;
        this.onClose = onClose;
    }

    Query<T> query() {
        return query;
    }

    /**
     * Returns the hub's round in which the subscription was made. Results of later rounds include all commits made
     * before the subscription.
     */
    long since() {
        return since;
    }

    /** Sets the newest outcome, which replaces an outcome that is not delivered yet. Returns at once. */
    void offer(Outcome outcome) {
        synchronized (lock) {
            if (gate.isClosed()) {
                return;
            }
            newest = outcome;
            if (delivering || !isDue(outcome)) {
                return;
            }
            delivering = true;
        }
        Thread.ofVirtual().name("tidemark-subscriber").start(this::prepare);
    }

    /** Raises the demand by this number of results, and delivers a waiting outcome. Returns at once. */
    void request(long number) {
        synchronized (lock) {
            demand = ResultStream.saturated(demand + number);
            Outcome waiting = newest;
            if (gate.isClosed() || delivering || waiting == null || !isDue(waiting)) {
                return;
            }
            delivering = true;
        }
        Thread.ofVirtual().name("tidemark-subscriber").start(this::prepare);
    }

    /**
     * Returns whether the outcome is to be delivered, because it differs from the last one and there is demand.
     * Failures need no demand.
     */
    private boolean isDue(Outcome outcome) {
        return !outcome.sameAs(lastOutcome) && (demand > 0 || outcome instanceof Outcome.Failed);
    }

    /** Passes the delivery of the newest outcome to the executor, unless the subscriber already has equal rows. */
    private void prepare() {
        Outcome outcome;
        synchronized (lock) {
            outcome = newest;
            if (gate.isClosed() || outcome == null) {
                delivering = false;
                return;
            }
        }
        Runnable call = call(outcome);
        if (call == null) {
            finish(outcome);
            return;
        }
        try {
            executor.execute(() -> {
                gate.enter(call);
                finish(outcome);
            });
        } catch (RejectedExecutionException rejected) {
            gate.enter(() -> report(new QueryException(rejected, Problem.QUERY_NOT_DELIVERED)));
            synchronized (lock) {
                delivering = false;
            }
        } catch (RuntimeException | Error broken) {
            LOG.error("The executor of a subscription failed.", broken);
            synchronized (lock) {
                delivering = false;
            }
        }
    }

    /** Returns the call that delivers the outcome; {@code null} if the rows are equal to those delivered before. */
    private @Nullable Runnable call(Outcome outcome) {
        try {
            return switch (outcome) {
                case Outcome.Rows rows -> resultCall(rows);
                case Outcome.Failed failed -> () -> report(failed.reason());
            };
        } catch (RuntimeException | Error failure) {
            return () -> report(failure);
        }
    }

    private @Nullable Runnable resultCall(Outcome.Rows rows) {
        Outcome.Rows before = delivered;
        List<@Nullable Object> keysBefore = before == null ? List.of() : before.keys();
        int[] origins = Differ.origins(keysBefore, rows.keys());
        List<T> mapped = mapped(rows, before, origins);
        List<T> mappedBefore = deliveredRows;
        Difference<T> difference = Differ.difference(
                mappedBefore.size(),
                origins,
                mapped,
                index -> !Objects.equals(mappedBefore.get(origins[index]), mapped.get(index)));
        boolean same = before != null && difference.isEmpty();
        return same
                ? null
                : () -> {
                    delivered = rows;
                    deliveredRows = mapped;
                    deliver(new Query.Result<>(mapped, difference, rows.vector()));
                };
    }

    /** Maps the rows. Unchanged rows map to the same objects as before. */
    private List<T> mapped(Outcome.Rows rows, Outcome.@Nullable Rows before, int[] origins) {
        List<T> mapped = new ArrayList<>(origins.length);
        for (int index = 0; index < origins.length; index++) {
            ResultRow row = rows.rows().get(index);
            int origin = origins[index];
            boolean same =
                    before != null && origin >= 0 && before.rows().get(origin).equals(row);
            mapped.add(same ? deliveredRows.get(origin) : SqlReader.map(query, row));
        }
        return Collections.unmodifiableList(mapped);
    }

    private void finish(Outcome outcome) {
        synchronized (lock) {
            lastOutcome = outcome;
            Outcome next = newest;
            delivering = !gate.isClosed() && next != null && isDue(next);
            if (!delivering) {
                return;
            }
        }
        Thread.ofVirtual().name("tidemark-subscriber").start(this::prepare);
    }

    private void deliver(Query.Result<T> result) {
        synchronized (lock) {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
        }
        try {
            listener.result(result);
        } catch (RuntimeException | Error thrown) {
            report(thrown);
        }
    }

    private void report(Throwable problem) {
        try {
            listener.error(problem);
        } catch (RuntimeException | Error thrown) {
            thrown.addSuppressed(problem);
            LOG.error("A subscriber failed to handle an error.", thrown);
        }
    }

    /** Ends the subscription, and waits for a call that runs on another thread, as {@link CallGate#close} does. */
    @Override
    public void close() {
        gate.close();
        forget();
    }

    /** Ends the subscription without waiting. */
    void cancel() {
        gate.shut();
        forget();
    }

    private void forget() {
        synchronized (lock) {
            newest = null;
            lastOutcome = null;
        }
        onClose.accept(this);
    }

    /** Ends the subscription because the database closes. */
    void closeWithDatabase() {
        close();
        listener.ended();
    }
}
