package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Problem;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.QueryResult.Difference;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.ResultRow;
import dev.tidemark.engine.internal.read.SqlReader;
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
 * One subscription: a mailbox that holds the newest outcome only, and what was delivered last, against which the
 * difference is computed.
 *
 * <p>At most one delivery is on its way at a time. Rows are mapped and compared on a virtual thread, so that neither the
 * subscriber's thread nor the other subscribers wait for it.
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

    // Used by whoever is delivering, one after another.
    private Outcome.@Nullable Rows delivered;
    private List<T> deliveredRows = List.of();

    /**
     * @param since the hub's round in which it subscribed
     * @param demand how many results are wanted before {@link #request} asks for more; the greatest number for no limit
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

    /** The hub's round in which it subscribed; what later rounds read is not older than what it knows. */
    long since() {
        return since;
    }

    /** Puts the outcome in the mailbox, in place of one that has not been taken. Returns at once. */
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

    /** Wants that many results more, of those to come; what is in the mailbox is the first. Returns at once. */
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

    /** Whether the outcome is news, and may be told. Trouble always may. */
    private boolean isDue(Outcome outcome) {
        return !outcome.sameAs(lastOutcome) && (demand > 0 || outcome instanceof Outcome.Failed);
    }

    /** Takes the newest outcome and gives it to the executor, if there is anything in it to be told. */
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

    /** What to call with this outcome; {@code null} if it is what was delivered before. */
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
                    deliver(new QueryResult<>(mapped, difference, rows.vector()));
                };
    }

    /** The rows as the subscriber wants them; those that did not change are the same objects as before. */
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

    private void deliver(QueryResult<T> result) {
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
            LOG.error("A subscriber could not be told of an error.", thrown);
        }
    }

    /** Waits for a call that is running in another thread, as {@link CallGate#close} says. */
    @Override
    public void close() {
        gate.close();
        forget();
    }

    /** Ends it without waiting for anybody. */
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

    /** Ends it because the database is closed. */
    void endForGood() {
        close();
        listener.ended();
    }
}
