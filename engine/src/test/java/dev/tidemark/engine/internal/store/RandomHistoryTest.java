package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three databases with random edits, deletes and syncs in random order end equal. */
class RandomHistoryTest {
    @TempDir
    Path folder;

    @Test
    void threeReplicasAgreeAfterAnyHistoryAndAsTheRulesSay() throws InterruptedException {
        agree(50, 50, Seeds.fixed());
    }

    @Proof
    @Test
    void threeReplicasAgreeAfterHistoriesOfToday() throws InterruptedException {
        agree(300, 60, Seeds.ofToday());
    }

    private void agree(int histories, int steps, long firstSeed) throws InterruptedException {
        HistoryRuns runs = new HistoryRuns(histories, firstSeed);
        runs.run(seed -> run(seed, steps, folder.resolve("h" + seed)));
        runs.assertCovers("conflicts at the end", "deletes", "hidden rows at the end", "rows shown");
    }

    private static Map<String, Long> run(long seed, int steps, Path home) {
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
            int checked = random.nextInt(steps);
            for (int step = 0; step < steps; step++) {
                HistoryDevice device = devices.get(random.nextInt(3));
                if (random.nextInt(8) == 0) {
                    HistoryDevice other = devices.get(random.nextInt(3));
                    Replicas.pull(other.database, device.database, new Batch.Limit(1 + random.nextInt(20), 1 << 20));
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
            return compare(devices);
        } finally {
            delete(home);
        }
    }

    private static Map<String, Long> compare(List<HistoryDevice> devices) {
        SqliteDatabase first = devices.getFirst().database;
        new Oracle(Replicas.changes(first)).check(first);
        for (HistoryDevice device : devices) {
            assertThat(device.database.changelog().vector())
                    .isEqualTo(first.changelog().vector());
            assertThat(StateDump.of(device.database)).isEqualTo(StateDump.of(first));
            assertThat(device.database.dump()).isEqualTo(first.dump());
            assertThat(device.database.conflicts()).isEqualTo(first.conflicts());
            assertThat(device.database.hiddenRows()).isEqualTo(first.hiddenRows());
        }
        return Map.of(
                "conflicts at the end",
                (long) first.conflicts().size(),
                "hidden rows at the end",
                (long) first.hiddenRows().size(),
                "rows shown",
                first.dump().lines().filter(line -> line.contains("{")).count(),
                "deletes",
                devices.stream().mapToLong(device -> device.deletes).sum());
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
