package dev.tidemark.engine.internal.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A subscriber that records its calls, and checks the invariants of every delivery. */
final class Recorder<T> {
    private final BlockingQueue<Query.Result<T>> results = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> errors = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private List<T> last = List.of();

    void result(Query.Result<T> result) {
        if (inside.incrementAndGet() != 1) {
            errors.add(new AssertionError("Two calls at a time"));
        }
        if (!result.difference().applyTo(last).equals(result.rows())) {
            errors.add(new AssertionError("The difference does not lead from " + last + " to " + result.rows()));
        }
        if (calls.getAndIncrement() > 0 && result.difference().isEmpty()) {
            errors.add(new AssertionError("A delivery without a difference"));
        }
        last = result.rows();
        results.add(result);
        inside.decrementAndGet();
    }

    void error(Throwable error) {
        errors.add(error);
    }

    int calls() {
        return calls.get();
    }

    Query.Result<T> next() throws InterruptedException {
        Query.Result<T> result = results.poll(20, TimeUnit.SECONDS);
        assertThat(errors).isEmpty();
        assertThat(result).as("a delivery").isNotNull();
        return result;
    }

    /** Takes results until one is as wanted. */
    Query.Result<T> nextThat(Predicate<Query.Result<T>> wanted) throws InterruptedException {
        Query.Result<T> result = next();
        while (!wanted.test(result)) {
            result = next();
        }
        return result;
    }

    Throwable nextError() throws InterruptedException {
        Throwable error = errors.poll(20, TimeUnit.SECONDS);
        assertThat(error).as("an error").isNotNull();
        return error;
    }

    boolean hasMore() {
        return !results.isEmpty() || !errors.isEmpty();
    }
}
