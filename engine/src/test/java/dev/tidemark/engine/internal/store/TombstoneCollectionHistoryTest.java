package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.RowHistory;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three databases of different versions with random edits and syncs are upgraded, compact blocks, squash texts,
 * acknowledge, drop tombstones and truncate at random moments; a second writer writes to them, and new replicas join.
 * All show the same as a replica that drops nothing.
 */
class TombstoneCollectionHistoryTest {
    private static final int STEPS = 120;
    private static final String LONG = "A text that is long enough to be worth squashing. ".repeat(6);

    @TempDir
    Path folder;

    @Test
    void compactionSquashingCollectionAndTruncationAreInvisible() throws InterruptedException {
        showNothing(3, Seeds.fixed());
    }

    @Proof
    @Test
    void nothingShowsOfItInHistoriesOfToday() throws InterruptedException {
        showNothing(50, Seeds.ofToday());
    }

    private void showNothing(int histories, long firstSeed) throws InterruptedException {
        HistoryRuns runs = new HistoryRuns(histories, firstSeed);
        runs.run(seed -> new History(seed, folder.resolve("h" + seed)).run());
        runs.assertCovers(
                "blocks merged",
                "changes compacted",
                "compaction refused",
                "conflicts at the end",
                "database reopened",
                "database upgraded",
                "hidden rows at the end",
                "newcomer joined",
                "newcomer too late",
                "row forgotten",
                "row forgotten and back",
                "row restored",
                "second writer",
                "text squashed");
    }

    /** One history. */
    private static final class History {
        private final Random random;
        private final Path home;
        private final List<UUID> ids = new ArrayList<>();
        private final List<UUID> forgotten = new ArrayList<>();
        private final Map<String, Long> happened = new HashMap<>();
        private final long[] now = {1_800_000_000_000L};
        private List<HistoryDevice> devices = new ArrayList<>();

        History(long seed, Path home) {
            this.random = new Random(seed);
            this.home = home;
        }

        Map<String, Long> run() {
            home.toFile().mkdirs();
            Random pace = new Random(random.nextLong());
            InstantSource clock = () -> Instant.ofEpochMilli(now[0] += pace.nextInt(3));
            try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
                int oldest = random.nextBoolean() ? 1 : UpgradeHistoryTest.NEWEST;
                for (int number = 0; number < 3; number++) {
                    int version = Math.max(oldest, 1 + random.nextInt(3));
                    devices.add(new HistoryDevice(open(replicas, "d" + number, version, clock), version, random, ids));
                }
                SqliteDatabase archive = open(replicas, "archive", UpgradeHistoryTest.NEWEST, clock);
                // From here on each knows of the other two: who is not known is not waited for.
                syncAll();
                for (HistoryDevice device : devices) {
                    Replicas.sync(archive, device.database);
                    device.database.maintenance().exclude(archive.replica());
                }
                syncAll();
                for (int step = 0; step < STEPS; step++) {
                    step(archive, replicas, clock);
                }
                syncAll();
                for (int number = 0; number < 3; number++) {
                    reopen(number, UpgradeHistoryTest.NEWEST, replicas, clock);
                }
                syncAll();
                compare(archive);
            } finally {
                delete();
            }
            return happened;
        }

        private void happened(String what, long times) {
            happened.merge(what, times, Long::sum);
        }

        private SqliteDatabase open(Replicas replicas, String name, int version, InstantSource clock) {
            return replicas.open(name, UpgradeHistoryTest.schema(version), clock);
        }

        private SqliteDatabase any() {
            return devices.get(random.nextInt(3)).database;
        }

        private void step(SqliteDatabase archive, Replicas replicas, InstantSource clock) {
            switch (random.nextInt(28)) {
                case 0, 1 -> Replicas.pull(any(), any(), new Batch.Limit(1 + random.nextInt(20), 1 << 20));
                case 2 -> SyncEngine.sync(any().changelog(), any().changelog());
                case 3 -> now[0] += Acknowledgements.EDIT_FORM_LIFETIME.toMillis() / (1 + random.nextInt(2));
                case 4 -> acknowledgeAll();
                case 5, 6 -> tidy(any());
                case 7 -> compact(any(), archive);
                case 8 -> type(any());
                case 9 -> {
                    if (random.nextInt(4) == 0) {
                        int number = random.nextInt(3);
                        reopen(number, devices.get(number).version, replicas, clock);
                    }
                }
                case 10 -> {
                    if (random.nextInt(8) == 0) {
                        reopen(random.nextInt(3), 1 + random.nextInt(UpgradeHistoryTest.NEWEST), replicas, clock);
                    }
                }
                case 11 -> restore(any());
                case 12 -> writeTwice(devices.get(random.nextInt(3)), replicas, clock);
                case 13 -> {
                    if (random.nextInt(6) == 0) {
                        join(any(), replicas, clock);
                    }
                }
                default -> devices.get(random.nextInt(3)).act();
            }
        }

        private void syncAll() {
            for (int round = 0; round < 2; round++) {
                for (int pair = 0; pair < 3; pair++) {
                    SyncEngine.sync(
                            devices.get(pair).database.changelog(),
                            devices.get((pair + 1) % 3).database.changelog());
                }
            }
        }

        private void acknowledgeAll() {
            for (int day = 0; day < 2; day++) {
                syncAll();
                now[0] += Acknowledgements.EDIT_FORM_LIFETIME.toMillis();
                if (random.nextInt(4) == 0) {
                    devices.get(random.nextInt(3)).act();
                }
            }
            syncAll();
        }

        private void tidy(SqliteDatabase database) {
            String before = database.dump();
            List<UUID> known = tracked(database);
            Maintenance.Report report =
                    database.maintenance().run(Duration.ofMinutes(1), () -> random.nextInt(20) == 0);
            assertThat(database.dump()).isEqualTo(before);
            happened("blocks merged", report.blocksCompacted());
            happened("row forgotten", report.tombstonesCollected());
            known.removeAll(tracked(database));
            forgotten.addAll(known);
        }

        private static List<UUID> tracked(SqliteDatabase database) {
            List<UUID> ids = new ArrayList<>();
            StateDump.of(database)
                    .lines()
                    .filter(line -> !line.startsWith(" "))
                    .forEach(line ->
                            ids.add(UUID.fromString(line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' ')))));
            return ids;
        }

        private void compact(SqliteDatabase database, SqliteDatabase archive) {
            Replicas.pull(database, archive, Batch.Limit.DEFAULT);
            VersionVector safe = database.maintenance().safeWatermark();
            VersionVector held = database.changelog().vector();
            if (!safe.covers(held)) {
                assertThatThrownBy(() -> database.maintenance().truncateLog(held))
                        .isInstanceOf(Maintenance.NotAcknowledgedException.class);
                happened("compaction refused", 1);
            }
            Map<ReplicaId, Long> heads = new HashMap<>();
            safe.heads()
                    .forEach((replica, head) ->
                            heads.put(replica, random.nextInt(3) == 0 ? random.nextLong(head + 1) : head));
            VersionVector watermark = VersionVector.of(heads);
            VersionVector floor = database.changelog().floor();
            String before = database.dump();
            long removed = database.maintenance().truncateLog(watermark);
            assertThat(database.changelog().floor()).isEqualTo(floor.merge(watermark));
            assertThat(database.dump()).isEqualTo(before);
            happened("changes compacted", removed);
        }

        private void type(SqliteDatabase database) {
            UUID id = ids.isEmpty() ? new UUID(0, 1) : ids.get(random.nextInt(ids.size()));
            for (int save = 2 + random.nextInt(4); save > 0; save--) {
                Replicas.run(database, "UPDATE note SET body = ? WHERE id = ?", LONG + random.nextInt(100), id);
            }
        }

        private void reopen(int number, int wanted, Replicas replicas, InstantSource clock) {
            HistoryDevice device = devices.get(number);
            int version = Math.max(device.version, wanted);
            device.database.close();
            happened(version > device.version ? "database upgraded" : "database reopened", 1);
            device.database = open(replicas, "d" + number, version, clock);
            device.version = version;
        }

        private void restore(SqliteDatabase database) {
            if (ids.isEmpty()) {
                return;
            }
            String table = List.of("folder", "task", "note").get(random.nextInt(3));
            UUID id = ids.get(random.nextInt(ids.size()));
            try {
                happened("row restored", database.write(tx -> tx.restore(table, id)) ? 1 : 0);
            } catch (QueryException e) {
                assertThat(e).hasMessageContaining("constraint");
            }
        }

        /** Another writer on the same file, as of a second process, in turns with the first. */
        private void writeTwice(HistoryDevice device, Replicas replicas, InstantSource clock) {
            String name = device.database.file().getFileName().toString().replace(".db", "");
            SqliteDatabase second = open(replicas, name, device.version, clock);
            HistoryDevice writer = new HistoryDevice(second, device.version, random, ids);
            for (int turn = random.nextInt(6); turn >= 0; turn--) {
                switch (random.nextInt(6)) {
                    case 0 -> type(second);
                    case 1 -> type(device.database);
                    case 2 -> tidy(second);
                    case 3 -> Replicas.pull(any(), second, Batch.Limit.DEFAULT);
                    case 4 -> device.act();
                    default -> writer.act();
                }
            }
            second.close();
            happened("second writer", 1);
        }

        /** A newcomer takes all that a device lists, or hears that it cannot, and then has taken nothing wrong. */
        private void join(SqliteDatabase from, Replicas replicas, InstantSource clock) {
            int version = 1 + random.nextInt(UpgradeHistoryTest.NEWEST);
            String name = "n" + clock.millis();
            try (SqliteDatabase newcomer = open(replicas, name, version, clock)) {
                Batch.Limit limit = new Batch.Limit(1 + random.nextInt(200), 1 << 20);
                if (from.changelog().floor().isEmpty()) {
                    Replicas.pull(from, newcomer, limit);
                    assertThat(newcomer.changelog()
                                    .vector()
                                    .covers(from.changelog().vector()))
                            .isTrue();
                    new Oracle(Replicas.changes(newcomer), version).check(newcomer);
                    ChangelogStatisticsTest.expectRecount(newcomer);
                    happened("newcomer joined", 1);
                } else {
                    String before = StateDump.of(newcomer);
                    assertThatThrownBy(() -> Replicas.pull(from, newcomer, limit))
                            .isInstanceOf(Changelog.TruncatedException.class);
                    assertThat(StateDump.of(newcomer)).isEqualTo(before);
                    happened("newcomer too late", 1);
                }
            }
        }

        private void compare(SqliteDatabase archive) {
            SqliteDatabase first = devices.getFirst().database;
            Replicas.pull(first, archive, Batch.Limit.DEFAULT);
            List<Change> changes = Replicas.changes(archive);
            new Oracle(changes, UpgradeHistoryTest.NEWEST).check(archive);
            for (HistoryDevice device : devices) {
                assertThat(device.database.changelog().vector())
                        .isEqualTo(archive.changelog().vector());
                assertThat(device.database.dump()).isEqualTo(archive.dump());
                assertThat(device.database.conflicts()).isEqualTo(archive.conflicts());
                assertThat(device.database.hiddenRows()).isEqualTo(archive.hiddenRows());
                assertThat(device.database.waitingCells()).isEmpty();
                expectHistories(device.database, archive);
                // Leaves nothing to do that would change the log between two queries.
                device.database.maintenance().run(Duration.ofMinutes(1), () -> false);
                ChangelogStatisticsTest.expectRecount(
                        device.database,
                        Replicas.changes(
                                device.database, device.database.changelog().floor()));
            }
            happened("conflicts at the end", archive.conflicts().size());
            happened("hidden rows at the end", archive.hiddenRows().size());
            happened(
                    "text squashed",
                    changes.stream()
                            .filter(TombstoneCollectionHistoryTest::isEmptied)
                            .count());
            List<UUID> shown = tracked(archive);
            happened(
                    "row forgotten and back",
                    forgotten.stream().filter(id -> isShown(archive, id)).count());
            assertThat(shown).isNotEmpty();
        }

        /**
         * Versions of rows are the same everywhere; only what was truncated or erased may be missing, and is said to
         * be.
         */
        private void expectHistories(SqliteDatabase database, SqliteDatabase archive) {
            VersionVector floor = database.changelog().floor();
            for (UUID id : ids) {
                for (String table : List.of("folder", "task", "note", "label")) {
                    RowHistory here = database.history(table, id);
                    RowHistory there = archive.history(table, id);
                    assertThat(whole(here, there, floor))
                            .as("history of %s %s", table, id)
                            .isEqualTo(whole(there, here, floor));
                    happened(
                            "erased change",
                            here.versions().size() < there.versions().size() ? 1 : 0);
                }
            }
        }

        private static List<String> whole(RowHistory history, RowHistory other, VersionVector floor) {
            return history.versions().stream()
                    .filter(version -> !floor.covers(version.dot()))
                    .filter(version -> holds(other, version.dot()) || version.hlcTime() >= other.knownFrom())
                    .map(version -> {
                        assertThat(version.isComplete()).isTrue();
                        Map<String, Object> values = new TreeMap<>();
                        version.columns().forEach((name, value) -> values.put(name, text(value.value())));
                        return version.dot() + " " + version.kind() + " " + values;
                    })
                    .toList();
        }

        private static boolean holds(RowHistory history, Dot dot) {
            return history.versions().stream().anyMatch(version -> version.dot().equals(dot));
        }

        private static String text(Object value) {
            return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
        }

        private boolean isShown(SqliteDatabase database, UUID id) {
            return List.of("folder", "task", "note", "label").stream()
                    .anyMatch(table -> !Replicas.column(database, "SELECT 1 FROM " + table + " WHERE id = ?", id)
                            .isEmpty());
        }

        private void delete() {
            for (File file : Objects.requireNonNull(home.toFile().listFiles())) {
                file.delete();
            }
            home.toFile().delete();
        }
    }

    private static boolean isEmptied(Change change) {
        return change.kind() == Change.Kind.UPDATE && change.values().isEmpty();
    }
}
