package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/** Runs random histories in parallel, each repeatable by its seed, and counts how many contained which events. */
final class HistoryRuns {
    /** With fewer, some kinds of event may be missing by chance. */
    private static final int ENOUGH_TO_COVER = 100;

    private final int histories;
    private final long firstSeed;
    private final Map<String, Integer> coverage = new TreeMap<>();

    /**
     * @param histories how many, unless {@code tidemark.histories} says so
     * @param firstSeed the seed of the first; each further one has the next
     */
    HistoryRuns(int histories, long firstSeed) {
        this.histories = Integer.getInteger("tidemark.histories", histories);
        this.firstSeed = firstSeed;
    }

    /** @param one the history of this seed: what happened in it, how often */
    void run(LongFunction<Map<String, Long>> one) throws InterruptedException {
        List<Future<?>> runs = new ArrayList<>();
        // Most of the time goes into waiting for the disk, when databases are made and closed.
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int history = 0; history < histories; history++) {
                long seed = firstSeed + history;
                runs.add(threads.submit(() -> count(one.apply(seed))));
            }
            for (int history = 0; history < histories; history++) {
                try {
                    runs.get(history).get();
                } catch (ExecutionException e) {
                    threads.shutdownNow();
                    throw new AssertionError(
                            "History with seed " + (firstSeed + history) + " failed: repeat it with -Dtidemark.seed="
                                    + (firstSeed + history) + " -Dtidemark.histories=1",
                            e.getCause());
                }
            }
        }
        System.out.printf("%d histories from seed %d; of these with %s%n", histories, firstSeed, coverage);
    }

    private synchronized void count(Map<String, Long> happened) {
        happened.forEach((what, times) -> coverage.merge(what, times > 0 ? 1 : 0, Integer::sum));
    }

    /** Each of these, and all else that was counted, happened. */
    void assertCovers(String... kinds) {
        if (histories < ENOUGH_TO_COVER) {
            return;
        }
        assertThat(coverage).containsKeys(kinds);
        assertThat(coverage.values()).allSatisfy(count -> assertThat(count).isPositive());
    }
}
