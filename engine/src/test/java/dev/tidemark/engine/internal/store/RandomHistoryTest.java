package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.BatchLimit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three databases, random edits, deletes and syncs in random order: they end equal. */
class RandomHistoryTest {
    private static final int HISTORIES = Integer.getInteger("tidemark.histories", 1000);
    private static final long FIRST_SEED = Long.getLong("tidemark.seed", 20261121L);
    private static final int STEPS = 100;

    @TempDir
    Path folder;

    private final AtomicLong conflicts = new AtomicLong();
    private final AtomicLong hidden = new AtomicLong();
    private final AtomicLong shown = new AtomicLong();
    private final AtomicLong deletes = new AtomicLong();

    @Test
    void threeReplicasAgreeAfterAnyHistoryAndAsTheRulesSay() throws InterruptedException {
        List<Future<?>> histories = new ArrayList<>();
        // Most of the time goes into waiting for the disk, when databases are made and closed.
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int history = 0; history < HISTORIES; history++) {
                long seed = FIRST_SEED + history;
                histories.add(threads.submit(() -> run(seed, folder.resolve("h" + seed))));
            }
            for (int history = 0; history < HISTORIES; history++) {
                expectSuccess(histories.get(history), FIRST_SEED + history, threads);
            }
        }
        System.out.printf(
                "%d histories from seed %d; with conflicts at the end: %d, hidden rows: %d; rows shown: %d, deletes:"
                        + " %d%n",
                HISTORIES, FIRST_SEED, conflicts.get(), hidden.get(), shown.get(), deletes.get());
        assertThat(conflicts.get()).as("histories that ended with conflicts").isGreaterThan(HISTORIES / 100);
        assertThat(hidden.get()).as("histories that ended with hidden rows").isGreaterThan(HISTORIES / 100);
    }

    private static void expectSuccess(Future<?> history, long seed, ExecutorService others)
            throws InterruptedException {
        try {
            history.get();
        } catch (ExecutionException e) {
            others.shutdownNow();
            throw new AssertionError(
                    "History with seed " + seed + " failed: repeat it with -Dtidemark.seed=" + seed
                            + " -Dtidemark.histories=1",
                    e.getCause());
        }
    }

    private void run(long seed, Path home) {
        Random random = new Random(seed);
        home.toFile().mkdirs();
        // Time goes on by 0, 1 or 2 milliseconds from look to look, so that equal times occur.
        long[] now = {1_800_000_000_000L};
        Random pace = new Random(seed);
        try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
            List<HistoryDevice> devices = new ArrayList<>();
            List<UUID> ids = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                long offset = (random.nextInt(3) - 1) * 3_600_000L;
                devices.add(new HistoryDevice(
                        replicas.open(
                                "d" + number,
                                Replicas.TASKS,
                                () -> Instant.ofEpochMilli((now[0] += pace.nextInt(3)) + offset)),
                        1,
                        random,
                        ids));
            }
            int checked = random.nextInt(STEPS);
            for (int step = 0; step < STEPS; step++) {
                HistoryDevice device = devices.get(random.nextInt(3));
                if (random.nextInt(8) == 0) {
                    HistoryDevice other = devices.get(random.nextInt(3));
                    Replicas.pull(other.database, device.database, new BatchLimit(1 + random.nextInt(20), 1 << 20));
                } else {
                    device.act();
                }
                if (step == checked) {
                    new Oracle(Replicas.changes(device.database)).check(device.database);
                }
            }
            for (int round = 0; round < 2; round++) {
                Replicas.sync(devices.get(0).database, devices.get(1).database);
                Replicas.sync(devices.get(1).database, devices.get(2).database);
            }
            Replicas.sync(devices.get(0).database, devices.get(2).database);
            compare(devices);
        } finally {
            delete(home);
        }
    }

    private void compare(List<HistoryDevice> devices) {
        SqliteDatabase first = devices.getFirst().database;
        new Oracle(Replicas.changes(first)).check(first);
        for (HistoryDevice device : devices) {
            assertThat(device.database.changelog().vector())
                    .isEqualTo(first.changelog().vector());
            assertThat(device.database.stateDump()).isEqualTo(first.stateDump());
            assertThat(device.database.dump()).isEqualTo(first.dump());
            assertThat(device.database.conflicts()).isEqualTo(first.conflicts());
            assertThat(device.database.hiddenRows()).isEqualTo(first.hiddenRows());
        }
        conflicts.addAndGet(first.conflicts().isEmpty() ? 0 : 1);
        hidden.addAndGet(first.hiddenRows().isEmpty() ? 0 : 1);
        shown.addAndGet(first.dump().lines().filter(line -> line.contains("{")).count());
        deletes.addAndGet(devices.stream().mapToInt(device -> device.deletes).sum());
    }

    static void delete(Path home) {
        java.io.File[] files = home.toFile().listFiles();
        if (files != null) {
            for (java.io.File file : files) {
                delete(file.toPath());
            }
        }
        home.toFile().delete();
    }
}
