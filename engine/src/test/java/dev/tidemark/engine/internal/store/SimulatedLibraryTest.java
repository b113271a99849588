package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.internal.sync.UnreliableStorage;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs many {@link SimulatedLife simulated lives}.
 *
 * <p>{@code -Dtest=SimulatedLibraryTest#sixteen* -Dtidemark.simulations=100000 -Dtidemark.simulator.progress=FILE} runs many, and continues from the file
 * after a stop. {@code -Dtidemark.seed=N -Dtidemark.simulations=1} repeats one life exactly.
 */
class SimulatedLibraryTest {
    private static final String PROGRESS = System.getProperty("tidemark.simulator.progress", "");

    @TempDir
    Path folder;

    private final Map<String, Integer> coverage = new TreeMap<>();

    @Test
    void everyLifeOfALibraryEndsEqualOnAllDevicesAndAsTheRulesSay() throws Exception {
        live(1, Seeds.fixed());
    }

    /** The seed is fixed, so that events as rare as these happen. */
    @Proof
    @Test
    void sixteenLivesMeetEveryEventAndEveryFault() throws Exception {
        int lives = Integer.getInteger("tidemark.simulations", 16);
        live(lives, Long.getLong("tidemark.seed", 20261123L));
        if (lives >= 16) {
            assertThat(coverage.keySet()).containsAll(SimulatedLife.EVENTS);
            if (lives >= 100) {
                assertThat(coverage.keySet()).containsAll(SimulatedLife.RARE_EVENTS);
            }
            for (UnreliableStorage.Fault fault : UnreliableStorage.Fault.values()) {
                assertThat(coverage).containsKey(fault.name());
            }
            assertThat(coverage.values())
                    .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(Math.max(1, lives / 100)));
        }
    }

    @Proof
    @Test
    void livesOfTodayEndEqualAsWell() throws Exception {
        live(4, Seeds.ofToday());
    }

    /** Lives in which a fault was found, which has been fixed. */
    @Proof
    @ParameterizedTest
    @ValueSource(longs = {20262006})
    void livesThatFailedBeforeEndEqual(long seed) throws Exception {
        live(1, seed);
    }

    private void live(int number, long firstSeed) throws Exception {
        long first = resumed(firstSeed);
        long end = firstSeed + number;
        List<Future<SimulatedLife>> lives = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (long seed = first; seed < end; seed++) {
                SimulatedLife life = new SimulatedLife(seed, folder.resolve("l" + seed));
                lives.add(threads.submit(life::run, life));
            }
            for (int life = 0; life < lives.size(); life++) {
                expectSuccess(lives.get(life), first + life, threads);
                note(first + life, end);
            }
        }
        System.out.printf("%d lives from seed %d; of these with %s%n", lives.size(), first, coverage);
    }

    private static long resumed(long firstSeed) throws IOException {
        return PROGRESS.isEmpty() || Files.notExists(Path.of(PROGRESS))
                ? firstSeed
                : Long.parseLong(Files.readString(Path.of(PROGRESS)).strip()) + 1;
    }

    private static void note(long seed, long end) throws IOException {
        if (!PROGRESS.isEmpty()) {
            Files.writeString(Path.of(PROGRESS), seed + "\n");
            if (seed % 100 == 0) {
                System.out.println("Seed " + seed + " is over, " + (end - seed) + " to go");
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
                    "Life with seed " + seed
                            + " failed: repeat it with -Dtest=SimulatedLibraryTest#sixteen* -Dtidemark.simulations=1"
                            + " -Dtidemark.seed=" + seed,
                    e.getCause());
        }
    }
}
