package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a reactive stream (<a href="https://github.com/reactive-streams/reactive-streams-jvm">its
 * rules</a>). Results beyond the demand are not queued: a newer result replaces an undelivered one.
 *
 * <p>All signals go through one serial executor, so the subscriber receives them one at a time, {@code onSubscribe}
 * first.
 */
final class ResultStream<T> implements Flow.Subscription, ResultListener<T> {
    private final SubscriptionHub hub;
    private final Query<T> query;
    private final SerialExecutor signals;
    private final Consumer<Throwable> onError;
    private final Object lock = new Object();

    // Guarded by the lock. Null once the stream has ended.
    private Flow.@Nullable Subscriber<? super Query.Result<T>> subscriber;
    private @Nullable Subscriber<T> source;
    private long requestedEarly;

    ResultStream(
            SubscriptionHub hub,
            Query<T> query,
            Flow.Subscriber<? super Query.Result<T>> subscriber,
            SerialExecutor signals,
            Consumer<Throwable> onError) {
        this.hub = hub;
        this.query = query;
        this.subscriber = subscriber;
        this.signals = signals;
        this.onError = onError;
    }

    void start() {
        later(() -> {
            signal(target -> target.onSubscribe(this));
            connect();
        });
    }

    private void later(Runnable signal) {
        try {
            signals.execute(signal);
        } catch (RejectedExecutionException refusal) {
            end();
            onError.accept(refusal);
        }
    }

    private void connect() {
        Subscriber<T> connected;
        try {
            connected = hub.subscribe(query, signals, this, 0);
        } catch (RuntimeException closed) {
            error(closed);
            return;
        }
        long demand;
        boolean over;
        synchronized (lock) {
            source = connected;
            demand = requestedEarly;
            over = subscriber == null;
        }
        if (over) {
            connected.cancel();
        } else if (demand > 0) {
            connected.request(demand);
        }
    }

    @Override
    public void request(long number) {
        if (number <= 0) {
            IllegalArgumentException refusal = new IllegalArgumentException(
                    "A subscriber asked for " + number + " results; rule 3.9 of reactive streams wants at least 1.");
            later(() -> error(refusal));
            return;
        }
        Subscriber<T> connected;
        synchronized (lock) {
            connected = source;
            if (connected == null) {
                requestedEarly = saturated(requestedEarly + number);
                return;
            }
        }
        connected.request(number);
    }

    /** Returns the sum of two non-negative numbers, or {@link Long#MAX_VALUE} if it overflowed. */
    static long saturated(long sum) {
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
        end();
    }

    /** Ends the stream. Returns the subscriber, or {@code null} if the stream had already ended. */
    private Flow.@Nullable Subscriber<? super Query.Result<T>> end() {
        Flow.Subscriber<? super Query.Result<T>> target;
        Subscriber<T> connected;
        synchronized (lock) {
            target = subscriber;
            connected = source;
            subscriber = null;
            source = null;
        }
        if (connected != null) {
            connected.cancel();
        }
        return target;
    }

    private void signal(Consumer<Flow.Subscriber<? super Query.Result<T>>> call) {
        Flow.Subscriber<? super Query.Result<T>> target;
        synchronized (lock) {
            target = subscriber;
        }
        if (target != null) {
            signal(target, call);
        }
    }

    private void signal(
            Flow.Subscriber<? super Query.Result<T>> target, Consumer<Flow.Subscriber<? super Query.Result<T>>> call) {
        try {
            call.accept(target);
        } catch (RuntimeException | Error thrown) {
            end();
            onError.accept(thrown);
        }
    }

    @Override
    public void result(Query.Result<T> result) {
        signal(target -> target.onNext(result));
    }

    @Override
    public void error(Throwable problem) {
        Flow.Subscriber<? super Query.Result<T>> target = end();
        if (target != null) {
            signal(target, ending -> ending.onError(problem));
        }
    }

    @Override
    public void ended() {
        later(() -> {
            Flow.Subscriber<? super Query.Result<T>> target = end();
            if (target != null) {
                signal(target, Flow.Subscriber::onComplete);
            }
        });
    }
}
