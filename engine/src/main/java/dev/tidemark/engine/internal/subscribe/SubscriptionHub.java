package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.QueryResult;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.internal.read.ReadPool;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Keeps the subscriptions of one database; bodies follow. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class SubscriptionHub implements AutoCloseable {
    public SubscriptionHub(ReadPool pool) {}

    /** See {@link dev.tidemark.engine.Database#subscribe}. */
    public <T> Subscription subscribe(
            Query<T> query, Executor executor, Consumer<QueryResult<T>> onResult, Consumer<Throwable> onError) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Tells that a commit of this process wrote these tables. Returns at once. */
    public void committed(Set<String> tables) {}

    /** Tells that any table may have changed. Returns at once. */
    public void committedElsewhere() {}

    /** Ends all subscriptions. */
    @Override
    public void close() {}
}
