package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Runs {@link SimulatedLife simulated lives}.
 *
 * <p>{@code -Dtest=SimulatedLibraryTest#lives* -Dtidemark.simulations=100000 -Dtidemark.simulator.progress=FILE} runs
 * many, and continues from the file after a stop. {@code -Dtidemark.seed=N -Dtidemark.simulations=1} repeats one life
 * exactly.
 */
class SimulatedLibraryTest {
    private static final String PROGRESS = System.getProperty("tidemark.simulator.progress", "");
    /** Longer lives have more in them; each takes some five seconds. */
    private static final int STEPS = Integer.getInteger("tidemark.simulator.steps", 100);

    @TempDir
    Path folder;

    private final Map<String, Integer> coverage = new TreeMap<>();

    @Test
    void everyLifeOfALibraryEndsEqualOnAllDevicesAndAsTheRulesSay() throws Exception {
        live(1, Seeds.fixed());
    }

    @Proof
    @Test
    void livesOfTodayEndEqualAsWell() throws Exception {
        live(Integer.getInteger("tidemark.simulations", 6), Seeds.ofToday());
    }

    /** Lives in which a fault was found, which has been fixed; and two lives with forks of each kind. */
    @Proof
    @ParameterizedTest
    @ValueSource(longs = {400, 409, 5185})
    void livesThatFailedBeforeEndEqual(long seed) throws Exception {
        live(1, seed);
    }

    /** Ids, times and random numbers come from the seed. */
    @Proof
    @Test
    void aLifeComesOutAlikeEachTime() throws Exception {
        List<String> first = live(Seeds.fixed(), "first").trace();
        assertThat(live(Seeds.fixed(), "second").trace()).isEqualTo(first);
    }

    private SimulatedLife live(long seed, String name) {
        SimulatedLife life = new SimulatedLife(seed, 40, folder.resolve(name));
        life.run();
        return life;
    }

    private void live(int number, long firstSeed) throws Exception {
        long first = resumed(firstSeed);
        long end = firstSeed + number;
        List<Future<SimulatedLife>> lives = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (long seed = first; seed < end; seed++) {
                SimulatedLife life = new SimulatedLife(seed, STEPS, folder.resolve("l" + seed));
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
                            + " failed: repeat it with -Dtest=SimulatedLibraryTest#lives* -Dtidemark.simulations=1"
                            + " -Dtidemark.seed=" + seed,
                    e.getCause());
        }
    }
}
