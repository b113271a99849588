package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.log.LogTable;
import dev.tidemark.engine.internal.log.LogTruncation;
import dev.tidemark.engine.internal.schema.NameDictionary;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Acceptance 19: queries of the changelog by sequence number, table, row, replica and time, with a limit, in both
 * directions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangelogQueryTest {
    private static final long SEED = Long.getLong("tidemark.seed", 20261121L);

    @TempDir
    static Path folder;

    private final Random random = new Random(SEED);
    private final List<UUID> ids = new ArrayList<>();
    private final List<SqliteDatabase> devices = new ArrayList<>();
    private long now = 1_800_000_000_000L;
    private Replicas replicas;
    private SqliteDatabase database;

    @BeforeAll
    void open() {
        System.out.println("Seed of the changelog queries: " + SEED);
        replicas = new Replicas(folder, Replicas.TASKS);
        for (int device = 0; device < 3; device++) {
            // Clocks a minute apart, that stand still at times, and jump back at others.
            long offset = (device - 1) * 60_000L;
            devices.add(replicas.open("d" + device, Replicas.TASKS, () -> {
                now += random.nextInt(3);
                return Instant.ofEpochMilli(now + offset - (random.nextInt(200) == 0 ? 5_000 : 0));
            }));
        }
        database = devices.getFirst();
        for (int step = 0; step < 900; step++) {
            act(devices.get(random.nextInt(3)));
            if (random.nextInt(40) == 0) {
                Replicas.sync(devices.get(random.nextInt(3)), devices.get(random.nextInt(3)));
            }
        }
        Replicas.sync(devices.get(1), devices.get(2));
        Replicas.sync(database, devices.get(1));
        act(database);
    }

    @AfterAll
    void close() {
        replicas.close();
    }

    private void act(SqliteDatabase device) {
        int rows = random.nextInt(30) == 0 ? random.nextInt(600) : 1 + random.nextInt(2);
        device.write(tx -> {
            for (int row = 0; row < rows; row++) {
                UUID id = ids.isEmpty() ? Replicas.id() : ids.get(random.nextInt(ids.size()));
                switch (random.nextInt(6)) {
                    case 0 -> tx.execute("UPDATE task SET title = ? WHERE id = ?", "t" + random.nextInt(50), id);
                    case 1 -> tx.execute("UPDATE note SET body = ? WHERE id = ?", "b" + random.nextInt(50), id);
                    case 2 -> tx.execute("DELETE FROM note WHERE id = ?", id);
                    default -> {
                        UUID fresh = Replicas.id();
                        ids.add(fresh);
                        String table =
                                List.of("task(id, title)", "note", "folder").get(random.nextInt(3));
                        tx.execute("INSERT INTO " + table + " VALUES (?, 'x')", fresh);
                    }
                }
            }
            return rows;
        });
    }

    @Test
    void everyQueryListsExactlyWhatAFilterOverAllChangesLeaves() {
        assertQueries(200);
    }

    @Proof
    @Test
    void aThousandQueriesListExactlyWhatAFilterOverAllChangesLeaves() {
        assertQueries(1_000);
    }

    private void assertQueries(int number) {
        List<Change> all = Replicas.changes(database);
        int answers = 0;
        for (int count = 0; count < number; count++) {
            ChangelogQuery query = query(all);
            List<Change> expected = filtered(all, query);
            assertThat(database.changelog().list(query))
                    .as("seed %d, query %s", SEED, query)
                    .isEqualTo(expected);
            answers += expected.isEmpty() ? 0 : 1;
        }
        System.out.printf("%,d queries of %d changes, %d with an answer%n", number, all.size(), answers);
        assertThat(answers).isBetween(3 * number / 10, number - 1);
    }

    private static List<Change> filtered(List<Change> all, ChangelogQuery query) {
        Comparator<Change> order = Comparator.comparing(Change::timestamp);
        return all.stream()
                .filter(query::matches)
                .sorted(query.isNewestFirst() ? order.reversed() : order)
                .limit(query.limit())
                .toList();
    }

    private ChangelogQuery query(List<Change> all) {
        ChangelogQuery query = ChangelogQuery.ALL;
        Change some = all.get(random.nextInt(all.size()));
        query = switch (random.nextInt(4)) {
            case 0 -> query.table(List.of("task", "note", "folder", "setting").get(random.nextInt(4)));
            case 1 -> query.row(some.table(), some.row());
            default -> query;
        };
        if (random.nextInt(3) == 0) {
            query = query.by(
                    random.nextInt(10) == 0 ? ReplicaId.random() : some.dot().replica());
        }
        if (random.nextInt(4) == 0) {
            query = query.kinds(some.kind());
        }
        if (random.nextInt(4) == 0) {
            query = query.columns(
                    some.values().isEmpty()
                            ? "title"
                            : some.values().keySet().iterator().next(),
                    "absent");
        }
        if (random.nextInt(3) == 0) {
            long first = random.nextLong(1, 801);
            query = query.sequences(first, random.nextBoolean() ? Long.MAX_VALUE : first + random.nextInt(300));
        }
        if (random.nextInt(3) == 0) {
            Instant from = Instant.ofEpochMilli(some.wallMillis() - random.nextInt(3));
            query = query.from(from).before(from.plusMillis(random.nextInt(2_000)));
        }
        if (random.nextInt(4) == 0) {
            query = query.after(all.get(random.nextInt(all.size())).timestamp());
        }
        if (random.nextInt(2) == 0) {
            query = query.limit(1 + random.nextInt(50));
        }
        return random.nextBoolean() ? query.newestFirst() : query.oldestFirst();
    }

    @Test
    void streamGivesTheSameAPageAtATime() {
        List<Change> all = Replicas.changes(database);
        assertThat(all).hasSizeGreaterThan(2_000);
        for (ChangelogQuery query : List.of(
                ChangelogQuery.ALL,
                ChangelogQuery.ALL.newestFirst(),
                ChangelogQuery.ALL.table("note").limit(1_500),
                ChangelogQuery.ALL.by(devices.get(1).replica()).newestFirst())) {
            try (Stream<Change> stream = database.changelog().stream(query)) {
                assertThat(stream.toList()).isEqualTo(filtered(all, query));
            }
        }
    }

    @Test
    void streamIsWhatWasThereWhenItBegan() {
        List<Change> all = Replicas.changes(database);
        for (ChangelogQuery query : List.of(ChangelogQuery.ALL, ChangelogQuery.ALL.newestFirst())) {
            List<Change> seen = new ArrayList<>();
            database.changelog().stream(query).forEach(change -> {
                if (seen.size() % 1_000 == 0) {
                    for (int count = 0; count < 100; count++) {
                        Replicas.run(database, "INSERT INTO folder VALUES (?, 'meanwhile')", Replicas.id());
                    }
                }
                seen.add(change);
            });
            assertThat(seen).isEqualTo(filtered(all, query));
            all = Replicas.changes(database);
        }
    }

    @Test
    void pagesGoOnWhereTheLastEnded() {
        ChangelogQuery query = ChangelogQuery.ALL.table("task").newestFirst().limit(97);
        List<Change> read = new ArrayList<>();
        List<Change> page = database.changelog().list(query);
        while (!page.isEmpty()) {
            read.addAll(page);
            page = database.changelog().list(query.after(page.getLast().timestamp()));
        }
        assertThat(read)
                .isEqualTo(filtered(
                        Replicas.changes(database),
                        ChangelogQuery.ALL.table("task").newestFirst()));
    }

    @Test
    void numbersBelowOneAreRefused() {
        assertThatThrownBy(() -> ChangelogQuery.ALL.sequences(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChangelogQuery.ALL.limit(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Proof
    @Test
    void streamGivesNothingTwiceThoughThePastIsCompactedAndSummedUpAnewMeanwhile() {
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase slow = replicas.open("slow");
            SqliteDatabase quick = replicas.open("quick");
            insertNotes(slow, 150);
            for (int run = 0; run < 40; run++) {
                insertNotes(quick, 260);
            }
            insertNotes(slow, 150);
            Replicas.pull(slow, quick, Batch.Limit.DEFAULT);
            quick.maintenance().exclude(slow.replica());
            quick.changelog().acknowledgements();
            List<Change> all = Replicas.changes(quick);
            List<Change> seen = new ArrayList<>();
            try (Stream<Change> changes = quick.changelog().stream(ChangelogQuery.ALL.oldestFirst())) {
                changes.forEach(change -> {
                    seen.add(change);
                    if (seen.size() == 1000) {
                        quick.update(statements -> {
                            NameDictionary names = new NameDictionary(statements.connection());
                            return new LogTruncation(statements, names, new LogTable(statements, names))
                                    .truncateTo(VersionVector.of(Map.of(slow.replica(), 140L)));
                        });
                    }
                });
            }
            assertThat(seen).doesNotHaveDuplicates().hasSameSizeAs(all);
        }
    }

    private static void insertNotes(SqliteDatabase database, int count) {
        database.write(tx -> {
            for (int note = 0; note < count; note++) {
                tx.execute("INSERT INTO note VALUES (?, 'n')", Replicas.id());
            }
            return count;
        });
    }
}
