package dev.tidemark.engine.internal.sync;

import dev.tidemark.engine.problem.StorageException;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts failed storage calls by the kind of call and the problem. Thread-safe, because transfers run on several
 * threads.
 */
final class StorageFailures {
    private Map<Kind, Long> counts = new HashMap<>();

    /**
     * A kind of failure.
     *
     * @param call the kind of call, such as {@code put}
     * @param code the code of the problem
     */
    record Kind(String call, String code) {}

    synchronized void count(String call, StorageException failure) {
        counts.merge(new Kind(call, failure.code()), 1L, Long::sum);
    }

    /** Returns the counts and resets them to 0. */
    synchronized Map<Kind, Long> drain() {
        Map<Kind, Long> taken = counts;
        counts = new HashMap<>();
        return taken;
    }
}
