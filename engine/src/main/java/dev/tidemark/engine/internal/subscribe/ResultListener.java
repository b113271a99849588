package dev.tidemark.engine.internal.subscribe;

import dev.tidemark.engine.QueryResult;
import java.util.function.Consumer;

/** Whom a subscription calls, one call at a time. What the calls throw, except {@link #error}, is told to that. */
interface ResultListener<T> {
    /** Takes the next result. */
    void result(QueryResult<T> result);

    /** Takes what went wrong in the query, its mapping, the executor or {@link #result}. */
    void error(Throwable problem);

    /** The database was closed, which ended the subscription. Called on the thread that closes it. */
    default void ended() {}

    /** Calls these two. */
    static <T> ResultListener<T> of(Consumer<QueryResult<T>> onResult, Consumer<Throwable> onError) {
        return new ResultListener<>() {
            @Override
            public void result(QueryResult<T> result) {
                onResult.accept(result);
            }

            @Override
            public void error(Throwable problem) {
                onError.accept(problem);
            }
        };
    }
}
