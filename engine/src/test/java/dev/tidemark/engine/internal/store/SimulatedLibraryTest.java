package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.sync.UnreliableStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many {@link SimulatedLife lives} of libraries.
 *
 * <p>{@code -Dtidemark.simulations=100000 -Dtidemark.simulator.progress=FILE} runs a long one, which goes on where it was
 * stopped; {@code -Dtidemark.seed=N -Dtidemark.simulations=1} repeats one life, which comes out alike each time.
 */
class SimulatedLibraryTest {
    private static final int LIVES = Integer.getInteger("tidemark.simulations", 16);
    private static final long FIRST_SEED = Long.getLong("tidemark.seed", 20261123L);
    private static final String PROGRESS = System.getProperty("tidemark.simulator.progress", "");

    @TempDir
    Path folder;

    private final Map<String, Integer> coverage = new TreeMap<>();

    @Test
    void everyLifeOfALibraryEndsEqualOnAllDevicesAndAsTheRulesSay() throws Exception {
        long first = resumed();
        List<Future<SimulatedLife>> lives = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (long seed = first; seed < FIRST_SEED + LIVES; seed++) {
                SimulatedLife life = new SimulatedLife(seed, folder.resolve("l" + seed));
                lives.add(threads.submit(life::run, life));
            }
            for (int life = 0; life < lives.size(); life++) {
                expectSuccess(lives.get(life), first + life, threads);
                note(first + life, lives.size());
            }
        }
        System.out.printf("%d lives from seed %d; of these with %s%n", lives.size(), first, coverage);
        if (lives.size() >= 16) {
            assertThat(coverage.keySet()).containsAll(SimulatedLife.EVENTS);
            if (lives.size() >= 100) {
                assertThat(coverage.keySet()).containsAll(SimulatedLife.RARE_EVENTS);
            }
            for (UnreliableStorage.Fault fault : UnreliableStorage.Fault.values()) {
                assertThat(coverage).containsKey(fault.name());
            }
            assertThat(coverage.values())
                    .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(Math.max(1, lives.size() / 100)));
        }
    }

    private static long resumed() throws IOException {
        return PROGRESS.isEmpty() || Files.notExists(Path.of(PROGRESS))
                ? FIRST_SEED
                : Long.parseLong(Files.readString(Path.of(PROGRESS)).strip()) + 1;
    }

    private static void note(long seed, int lives) throws IOException {
        if (!PROGRESS.isEmpty()) {
            Files.writeString(Path.of(PROGRESS), seed + "\n");
            if (seed % 100 == 0) {
                System.out.println("Seed " + seed + " is over, " + (FIRST_SEED + LIVES - seed) + " to go of " + lives);
            }
        }
    }

    private void expectSuccess(Future<SimulatedLife> life, long seed, ExecutorService others)
            throws InterruptedException {
        try {
            life.get().happened().forEach(what -> coverage.merge(what, 1, Integer::sum));
        } catch (ExecutionException e) {
            others.shutdownNow();
            throw new AssertionError(
                    "Life with seed " + seed + " failed: repeat it with -Dtidemark.seed=" + seed
                            + " -Dtidemark.simulations=1",
                    e.getCause());
        }
    }
}
