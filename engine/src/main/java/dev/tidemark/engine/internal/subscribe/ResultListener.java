package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.Query;
import java.util.function.Consumer;

/**
 * Receives the calls of a subscription, one at a time. An exception from {@link #result} is passed to {@link #error}.
 * An exception from {@link #error} is logged.
 */
interface ResultListener<T> {
    void result(Query.Result<T> result);

    /** Called with a failure of the query, of its mapping, of the executor or of {@link #result}. */
    void error(Throwable problem);

    /** Called after the subscription has ended because the database closes, on the thread that closes the database. */
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
