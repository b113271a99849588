package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.LocalChangelog;
import dev.tidemark.engine.LocalChangelog.Statistics.Totals;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.codec.ChangeSize;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 21: statistics equal a recount. */
class ChangelogStatisticsTest {
    private static final long SEED = Long.getLong("tidemark.seed", 20261121L);

    @TempDir
    Path folder;

    @Proof
    @Test
    void equalARecountInAnyHistory() {
        System.out.println("Seed of the changelog's statistics: " + SEED);
        Random random = new Random(SEED);
        long conflicts = 0;
        long hidden = 0;
        for (int history = 0; history < 8; history++) {
            try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
                SqliteDatabase a = replicas.open("a" + history);
                SqliteDatabase b = replicas.open("b" + history);
                List<UUID> ids = new ArrayList<>();
                for (int step = 0; step < 60; step++) {
                    act(random.nextBoolean() ? a : b, random, ids);
                    if (random.nextInt(12) == 0) {
                        Replicas.sync(a, b);
                    }
                    if (step % 20 == 7) {
                        expectRecount(a);
                    }
                }
                Replicas.sync(a, b);
                expectRecount(a);
                expectRecount(replicas.reopen(b));
                conflicts += a.changelog().statistics().conflicts();
                hidden += a.changelog().statistics().hiddenRows();
            }
        }
        assertThat(conflicts).isPositive();
        assertThat(hidden).isPositive();
    }

    @Test
    void periodsCountTheChangesOfEachReplicaAsARecount() {
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase a = replicas.open("a");
            SqliteDatabase b = replicas.open("b");
            Random random = new Random(SEED);
            List<UUID> ids = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                act(step % 2 == 0 ? a : b, random, ids);
                Replicas.sync(a, b);
            }
            List<Change> all = Replicas.changes(a);
            List<Instant> bounds = all.stream()
                    .map(change -> Instant.ofEpochMilli(change.wallMillis()))
                    .sorted()
                    .distinct()
                    .toList();
            List<Map<ReplicaId, Long>> counts = a.changelog().counts(bounds);
            assertThat(counts).hasSize(bounds.size() - 1);
            for (int index = 0; index < counts.size(); index++) {
                Instant from = bounds.get(index);
                Instant to = bounds.get(index + 1);
                assertThat(counts.get(index))
                        .isEqualTo(all.stream()
                                .filter(change -> change.wallMillis() >= from.toEpochMilli()
                                        && change.wallMillis() < to.toEpochMilli())
                                .collect(Collectors.groupingBy(
                                        change -> change.dot().replica(), Collectors.counting())));
            }
            Instant first = bounds.getFirst();
            assertThat(a.changelog()
                            .counts(List.of(first, first.plusSeconds(3600)))
                            .getFirst()
                            .values())
                    .extracting(Long::intValue)
                    .satisfies(numbers -> assertThat(
                                    numbers.stream().mapToInt(Integer::intValue).sum())
                            .isEqualTo(all.size()));
        }
    }

    private static void act(SqliteDatabase database, Random random, List<UUID> ids) {
        int rows = random.nextInt(4) == 0 ? random.nextInt(700) : 1 + random.nextInt(3);
        UUID parent = Replicas.id();
        database.write(tx -> {
            tx.execute("INSERT INTO folder VALUES (?, 'f')", parent);
            for (int row = 0; row < rows; row++) {
                UUID id = Replicas.id();
                tx.execute("INSERT INTO note VALUES (?, ?)", id, "x".repeat(random.nextInt(80)));
                ids.add(id);
            }
            UUID some = ids.get(random.nextInt(Math.min(3, ids.size())));
            tx.execute("UPDATE note SET body = ? WHERE id = ?", "edit " + random.nextInt(), some);
            return tx.execute(
                    "INSERT INTO task(id, folder_id) SELECT ?, id FROM folder ORDER BY id LIMIT 1", Replicas.id());
        });
        if (random.nextInt(4) == 0) {
            Replicas.run(database, "DELETE FROM folder WHERE id IN (SELECT id FROM folder ORDER BY id LIMIT 1)");
        }
    }

    static void expectRecount(SqliteDatabase database) {
        expectRecount(database, Replicas.changes(database));
    }

    /** Compares with a count of these changes: all that the database lists. */
    static void expectRecount(SqliteDatabase database, List<Change> all) {
        LocalChangelog.Statistics statistics = database.changelog().statistics();
        assertThat(statistics.all()).as("seed %d", SEED).isEqualTo(totals(all));
        // Steps of the schema are of no table.
        List<Change> ofTables = all.stream()
                .filter(change -> change.kind() != Change.Kind.SCHEMA)
                .toList();
        assertThat(statistics.tables()).isEqualTo(grouped(ofTables, Change::table));
        assertThat(statistics.replicas())
                .isEqualTo(grouped(all, change -> change.dot().replica()));
        assertThat(statistics.storedBytes())
                .isEqualTo(Replicas.value(database, "SELECT coalesce(sum(length(body)), 0) FROM tm_log"));
        assertThat(statistics.conflicts()).isEqualTo(database.conflicts().size());
        assertThat(statistics.hiddenRows()).isEqualTo(database.hiddenRows().size());
        assertThat(statistics.waitingCells()).isEqualTo(database.waitingCells().size());
    }

    private static <K> Map<K, Totals> grouped(List<Change> all, Function<Change, K> key) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        key, Collectors.collectingAndThen(Collectors.toList(), ChangelogStatisticsTest::totals)));
    }

    private static Totals totals(List<Change> changes) {
        return new Totals(
                changes.size(),
                changes.stream().mapToLong(ChangeSize::of).sum(),
                changes.stream()
                        .map(ChangelogStatisticsTest::wall)
                        .min(Instant::compareTo)
                        .orElse(null),
                changes.stream()
                        .map(ChangelogStatisticsTest::wall)
                        .max(Instant::compareTo)
                        .orElse(null));
    }

    private static Instant wall(Change change) {
        return Instant.ofEpochMilli(change.wallMillis());
    }

    @Test
    void emptyChangelogHasNoTimes() {
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase empty = replicas.open("empty");
            expectRecount(empty);
        }
    }
}
