package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.QueryException;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
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
            List<Device> devices = new ArrayList<>();
            List<UUID> ids = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                long offset = (random.nextInt(3) - 1) * 3_600_000L;
                devices.add(new Device(
                        replicas.open(
                                "d" + number,
                                Replicas.TASKS,
                                () -> Instant.ofEpochMilli((now[0] += pace.nextInt(3)) + offset)),
                        random,
                        ids));
            }
            int checked = random.nextInt(STEPS);
            for (int step = 0; step < STEPS; step++) {
                Device device = devices.get(random.nextInt(3));
                if (random.nextInt(8) == 0) {
                    Device other = devices.get(random.nextInt(3));
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

    private void compare(List<Device> devices) {
        SqliteDatabase first = devices.getFirst().database;
        new Oracle(Replicas.changes(first)).check(first);
        for (Device device : devices) {
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

    private static void delete(Path home) {
        java.io.File[] files = home.toFile().listFiles();
        if (files != null) {
            for (java.io.File file : files) {
                file.delete();
            }
        }
        home.toFile().delete();
    }

    /** One database and what a person may do on it. */
    private static final class Device {
        final SqliteDatabase database;
        private final Random random;
        private final List<UUID> ids;
        private VersionVector formOpened = VersionVector.EMPTY;
        int deletes;

        Device(SqliteDatabase database, Random random, List<UUID> ids) {
            this.database = database;
            this.random = random;
            this.ids = ids;
        }

        void act() {
            int statements = 1 + random.nextInt(3);
            // Now and then as from a form that was opened a while ago.
            VersionVector seen =
                    random.nextInt(6) == 0 ? formOpened : database.changelog().vector();
            if (random.nextInt(4) == 0) {
                formOpened = seen;
            }
            try {
                database.writeHavingSeen(seen, tx -> {
                    for (int count = 0; count < statements; count++) {
                        step(tx);
                    }
                    return null;
                });
            } catch (QueryException e) {
                // Constraints refuse some random statements, and then the whole transaction leaves nothing.
                assertThat(e).hasMessageContaining("constraint");
            }
        }

        private UUID anyId() {
            if (ids.isEmpty() || (ids.size() < 12 && random.nextInt(4) == 0)) {
                ids.add(new UUID(random.nextLong(), random.nextLong()));
            }
            return ids.get(random.nextInt(ids.size()));
        }

        private String word() {
            return "w" + random.nextInt(4);
        }

        private void step(dev.tidemark.engine.Transaction tx) {
            UUID id = anyId();
            switch (random.nextInt(13)) {
                case 0 -> tx.execute("INSERT INTO folder VALUES (?, ?) ON CONFLICT DO NOTHING", id, word());
                case 1 -> tx.execute("UPDATE folder SET name = ? WHERE id = ?", word(), id);
                case 2 -> deletes += tx.execute("DELETE FROM folder WHERE id = ?", id);
                case 3 ->
                    tx.execute(
                            "INSERT OR REPLACE INTO task(id, title, folder_id, code) VALUES (?, ?, ?, ?)",
                            id,
                            word(),
                            random.nextBoolean() ? null : anyFolder(tx),
                            random.nextInt(3) == 0 ? word() : null);
                case 4 -> tx.execute("UPDATE task SET title = ? WHERE id = ?", word(), id);
                case 5 -> tx.execute("UPDATE task SET done = ? WHERE id = ?", random.nextInt(2), id);
                case 6 -> tx.execute("UPDATE task SET folder_id = ? WHERE id = ?", anyFolder(tx), id);
                case 7 -> tx.execute("UPDATE OR REPLACE task SET code = ? WHERE id = ?", word(), id);
                case 8 -> deletes += tx.execute("DELETE FROM task WHERE id = ?", id);
                case 9 -> tx.execute("UPDATE task SET title = title || '!' WHERE done = 1");
                case 10 -> tx.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", id, word());
                case 11 -> deletes += tx.execute("DELETE FROM note WHERE id = ?", id);
                default -> resolveOne(tx);
            }
        }

        private UUID anyFolder(dev.tidemark.engine.Transaction tx) {
            List<UUID> folders = tx.list(dev.tidemark.engine.Query.of("SELECT id FROM folder ORDER BY id")
                    .map(row -> row.uuid("id")));
            return folders.isEmpty() ? null : folders.get(random.nextInt(folders.size()));
        }

        private void resolveOne(dev.tidemark.engine.Transaction tx) {
            List<Conflict> conflicts = database.conflicts();
            if (conflicts.isEmpty()) {
                return;
            }
            Conflict conflict = conflicts.get(random.nextInt(conflicts.size()));
            boolean shown = !tx.list(dev.tidemark.engine.Query.of(
                            "SELECT 1 FROM " + conflict.table() + " WHERE id = ?", conflict.row()))
                    .isEmpty();
            if (shown || conflict.column().equals(Conflict.ROW)) {
                tx.resolve(conflict.table(), conflict.row(), conflict.column());
            }
        }
    }
}
