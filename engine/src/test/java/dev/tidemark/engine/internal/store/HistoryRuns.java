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

/** Many random histories side by side, each repeatable by its seed, and how many of them had what in them. */
final class HistoryRuns {
    private static final int ASKED = Integer.getInteger("tidemark.histories", 1000);

    private final int share;
    private final int histories;
    private final long firstSeed;
    private final Map<String, Integer> coverage = new TreeMap<>();

    /**
     * @param share of how many histories that are asked for one is run
     * @param firstSeed the seed of the first, unless another is asked for
     */
    HistoryRuns(int share, long firstSeed) {
        this.share = share;
        this.histories = ASKED / share;
        this.firstSeed = Long.getLong("tidemark.seed", firstSeed);
    }

    /** @param one the history of this seed: what happened in it, how often */
    void run(LongFunction<Map<String, Long>> one) throws InterruptedException {
        List<Future<?>> runs = new ArrayList<>();
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
                                    + (firstSeed + history) + " -Dtidemark.histories=" + share,
                            e.getCause());
                }
            }
        }
        System.out.printf("%d histories from seed %d; of these with %s%n", histories, firstSeed, coverage);
    }

    private synchronized void count(Map<String, Long> happened) {
        happened.forEach((what, times) -> coverage.merge(what, times > 0 ? 1 : 0, Integer::sum));
    }

    /** Each of these, and all else that was counted, happened in more than one in a hundred. */
    void assertCovers(String... kinds) {
        if (histories < 50) {
            return; // some of them again, to look into a failure
        }
        assertThat(coverage).containsKeys(kinds);
        assertThat(coverage.values()).allSatisfy(count -> assertThat(count).isGreaterThan(histories / 100));
    }
}
