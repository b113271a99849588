package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Publishes a query's results as a reactive stream; see {@link dev.tidemark.engine.Database#publisher}. Thread-safe.
 */
public final class ResultPublisher<T> implements Flow.Publisher<Query.Result<T>> {
    private final SubscriptionHub hub;
    private final Query<T> query;
    private final Executor executor;
    private final Consumer<Throwable> onError;

    /** @param onError receives exceptions that a subscriber throws against the rules of reactive streams */
    public ResultPublisher(SubscriptionHub hub, Query<T> query, Executor executor, Consumer<Throwable> onError) {
        this.hub = hub;
        this.query = query;
        this.executor = executor;
        this.onError = onError;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Query.Result<T>> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new ResultStream<>(hub, query, subscriber, new SerialExecutor(executor), onError).start();
    }
}
