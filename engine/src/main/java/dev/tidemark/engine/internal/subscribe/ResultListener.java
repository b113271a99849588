package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import java.util.function.Consumer;

/**
 * Receives the calls of a subscription, one at a time. An exception from a method is passed to {@link #error}; one from
 * {@link #error} is logged.
 */
interface ResultListener<T> {
    void result(Query.Result<T> result);

    /** Called with a failure of the query, its mapping, the executor or {@link #result}. */
    void error(Throwable problem);

    /** Called on the closing thread, after the closing database has ended the subscription. */
    default void ended() {}

    static <T> ResultListener<T> of(Consumer<Query.Result<T>> onResult, Consumer<Throwable> onError) {
        return new ResultListener<>() {
            @Override
            public void result(Query.Result<T> result) {
                onResult.accept(result);
            }

            @Override
            public void error(Throwable problem) {
                onError.accept(problem);
            }
        };
    }
}
