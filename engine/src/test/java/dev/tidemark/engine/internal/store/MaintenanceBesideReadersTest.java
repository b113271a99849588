package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.Subscription;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Block compaction, text squashing and log truncation run while other threads write, list, count, follow and sync. */
@Proof
@Timeout(120)
class MaintenanceBesideReadersTest {
    private static final int WRITES = 1_500;

    @TempDir
    Path folder;

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final AtomicBoolean done = new AtomicBoolean();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Change> followed = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> troubles = Collections.synchronizedList(new ArrayList<>());
    private final UUID text = Replicas.id();
    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a", Replicas.TASKS, () -> Instant.ofEpochMilli(now.incrementAndGet()));
        b = replicas.open("b", Replicas.TASKS, () -> Instant.ofEpochMilli(now.incrementAndGet()));
        Replicas.run(a, "INSERT INTO note VALUES (?, 'begun')", text);
        Replicas.run(b, "INSERT INTO note VALUES (?, 'of b')", Replicas.id());
        SyncEngine.sync(a.changelog(), b.changelog());
    }

    @AfterEach
    void close() {
        done.set(true);
        threads.shutdownNow();
        replicas.close();
    }

    private void write(Random random) {
        String prefix = "a long text that is saved again and again ".repeat(20);
        for (int number = 0; number < WRITES; number++) {
            switch (random.nextInt(4)) {
                case 0 -> Replicas.run(a, "UPDATE note SET body = ? WHERE id = ?", prefix + number, text);
                case 1 -> Replicas.run(a, "DELETE FROM note WHERE id = (SELECT max(id) FROM note WHERE id <> ?)", text);
                default -> Replicas.run(a, "INSERT INTO note VALUES (?, ?)", Replicas.id(), "n" + number);
            }
        }
        done.set(true);
    }

    private void tidy() {
        a.maintenance().run(Duration.ofSeconds(10), () -> false);
    }

    /** A day passes with each round, so that what both have is acknowledged and may be compacted. */
    private void syncAndCompact() {
        SyncEngine.sync(a.changelog(), b.changelog());
        now.addAndGet(Acknowledgements.EDIT_FORM_LIFETIME.toMillis());
        a.maintenance().truncateLog(a.maintenance().safeWatermark());
    }

    private void list() {
        List<Change> changes = a.changelog().list(ChangelogQuery.ALL.by(a.replica()));
        long next = 0;
        for (Change change : changes) {
            assertThat(change.dot().sequence()).isGreaterThan(next);
            next = change.dot().sequence();
        }
        if (!changes.isEmpty()) { // Log truncation may have removed all of them.
            assertThat(changes.getLast().dot().sequence()
                            - changes.getFirst().dot().sequence())
                    .as("no gap")
                    .isEqualTo(changes.size() - 1L);
        }
    }

    private void count() {
        LocalChangelog.Statistics counted = a.changelog().statistics();
        assertThat(counted.replicas().values().stream()
                        .mapToLong(LocalChangelog.Statistics.Totals::entries)
                        .sum())
                .isEqualTo(counted.all().entries());
    }

    private void lookBack() {
        RowHistory history = a.history("note", text);
        assertThat(history.versions()).isNotEmpty();
    }

    private Future<Integer> untilDone(Runnable work) {
        return threads.submit(() -> {
            int rounds = 0;
            while (!done.get()) {
                work.run();
                rounds++;
            }
            return rounds;
        });
    }

    @Test
    void maintenanceIsInvisibleToReadersAndWriters() throws Exception {
        long seed = Long.getLong("tidemark.seed", 20261121L);
        List<Future<Integer>> working;
        try (Subscription follower = a.changelog()
                .follow(VersionVector.EMPTY, threads, batch -> followed.addAll(batch.changes()), troubles::add)) {
            Future<?> writer = threads.submit(() -> write(new Random(seed)));
            working = List.of(
                    untilDone(this::tidy),
                    untilDone(this::syncAndCompact),
                    untilDone(this::list),
                    untilDone(this::count),
                    untilDone(this::lookBack));
            writer.get(100, TimeUnit.SECONDS);
            List<Integer> rounds = new ArrayList<>();
            for (Future<Integer> each : working) {
                rounds.add(each.get(100, TimeUnit.SECONDS));
            }
            System.out.println(
                    "Seed " + seed + "; rounds of tidying, compacting, listing, counting, history: " + rounds);
            assertThat(rounds).as("rounds").allMatch(count -> count > 0);
            awaitFollower();
            follower.close();
        }
        expectEachOnce();
        SyncEngine.sync(a.changelog(), b.changelog());
        assertThat(b.dump()).isEqualTo(a.dump());
        assertThat(a.maintenance().repair().damage()).isEmpty();
    }

    /** A follower that is overtaken by the compaction is told so, and misses nothing silently. */
    private void awaitFollower() {
        while (troubles.isEmpty() && followed.size() < WRITES) {
            VersionVector held = a.changelog().vector();
            if (last(a.replica()) == held.get(a.replica()) && last(b.replica()) == held.get(b.replica())) {
                return;
            }
            Thread.onSpinWait();
        }
    }

    private long last(ReplicaId replica) {
        synchronized (followed) {
            return followed.stream()
                    .filter(change -> change.dot().replica().equals(replica))
                    .mapToLong(change -> change.dot().sequence())
                    .max()
                    .orElse(0);
        }
    }

    private void expectEachOnce() {
        assertThat(troubles).allMatch(Changelog.TruncatedException.class::isInstance);
        Map<ReplicaId, Long> heads = new HashMap<>();
        for (Change change : List.copyOf(followed)) {
            long before = heads.getOrDefault(change.dot().replica(), 0L);
            assertThat(change.dot().sequence()).isEqualTo(before + 1);
            heads.put(change.dot().replica(), before + 1);
        }
    }
}
