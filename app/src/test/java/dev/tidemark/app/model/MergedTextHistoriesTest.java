package dev.tidemark.app.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseOptions;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.sync.SyncEngine;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random edits of one text on three devices that sync in pairs at any time and in any order. */
class MergedTextHistoriesTest {
    private static final int DEVICES = 3;
    private static final int STEPS = 40;

    @Test
    void passagesOfThreeDevicesMergeAlikeInAnyOrder() {
        for (int seed = 0; seed < 6; seed++) {
            separatePassages(seed);
        }
    }

    @Test
    void devicesNeverShowDifferentMergesWhateverIsTruncated() {
        for (int seed = 0; seed < 6; seed++) {
            anyPassages(seed);
        }
    }

    @Test
    void devicesThatJoinBySnapshotNeverShowDifferentMerges() {
        int joins = 0;
        for (int seed = 0; seed < 3; seed++) {
            joins += joinedBySnapshot(seed);
        }
        assertThat(joins).isPositive();
    }

    @Test
    void garbageCollectionChangesNoMerge() {
        for (int seed = 0; seed < 3; seed++) {
            collected(seed);
        }
    }

    @Proof
    @Test
    void manyHistoriesOfThreeDevices() {
        for (int seed = 100; seed < 250; seed++) {
            separatePassages(seed);
            anyPassages(seed);
            joinedBySnapshot(seed);
            collected(seed);
        }
    }

    /** Each device edits a line of its own, so the end is known: the last edit of each line. */
    private static void separatePassages(int seed) {
        try (Devices devices = new Devices(seed)) {
            for (int step = 0; step < STEPS; step++) {
                int device = devices.random.nextInt(DEVICES);
                switch (devices.random.nextInt(4)) {
                    case 0, 1 -> devices.edit(device, device);
                    case 2 -> devices.editForm(device, device);
                    default -> devices.syncPair();
                }
            }
            devices.settle();
            for (Database database : devices.databases) {
                assertThat(devices.shown(database)).as("seed %d", seed).isEqualTo(devices.expected());
                assertThat(ConflictLine.all(database)).as("seed %d", seed).isEmpty();
            }
        }
    }

    private static void anyPassages(int seed) {
        try (Devices devices = new Devices(seed)) {
            for (int step = 0; step < STEPS; step++) {
                int device = devices.random.nextInt(DEVICES);
                switch (devices.random.nextInt(9)) {
                    case 0, 1 -> devices.edit(device, devices.random.nextInt(DEVICES));
                    case 2 -> devices.editForm(device, devices.random.nextInt(DEVICES));
                    case 3 -> new Items(devices.databases.get(device)).setTitle(devices.item, "Title " + step);
                    case 4 -> devices.truncate(device);
                    case 5 -> MergedTexts.setOn(devices.databases.get(device), devices.random.nextBoolean());
                    default -> devices.syncPair();
                }
            }
            devices.assertOneMergeAtMost(seed);
        }
    }

    /** Devices leave, and others join in their place, by a snapshot of one that has truncated its log. */
    private static int joinedBySnapshot(int seed) {
        int joins = 0;
        try (Devices devices = new Devices(seed)) {
            for (int step = 0; step < STEPS; step++) {
                int device = devices.random.nextInt(DEVICES);
                switch (devices.random.nextInt(8)) {
                    case 0, 1 -> devices.edit(device, devices.random.nextInt(DEVICES));
                    case 2 -> devices.editForm(device, devices.random.nextInt(DEVICES));
                    case 3 -> joins += devices.replace(device) ? 1 : 0;
                    case 4 -> devices.collect(device);
                    default -> devices.syncPair();
                }
            }
            devices.assertOneMergeAtMost(seed);
        }
        return joins;
    }

    /** As with separate passages; other notes are deleted, acknowledged and collected meanwhile. */
    private static void collected(int seed) {
        try (Devices devices = new Devices(seed)) {
            for (int step = 0; step < STEPS; step++) {
                int device = devices.random.nextInt(DEVICES);
                switch (devices.random.nextInt(7)) {
                    case 0, 1 -> devices.edit(device, device);
                    case 2 -> devices.editForm(device, device);
                    case 3 -> devices.addAndDelete(device);
                    case 4 -> devices.collect(device);
                    default -> devices.syncPair();
                }
            }
            devices.settle();
            for (int device = 0; device < DEVICES; device++) {
                devices.collect(device);
            }
            for (Database database : devices.databases) {
                assertThat(MergedTexts.refresh(database)).as("seed %d", seed).isFalse();
                assertThat(devices.shown(database)).as("seed %d", seed).isEqualTo(devices.expected());
                assertThat(ConflictLine.all(database)).as("seed %d", seed).isEmpty();
            }
        }
    }

    private static final class Devices implements AutoCloseable {
        private final Random random;
        private final List<Database> databases = new ArrayList<>();
        private final Map<Integer, String> form = new HashMap<>();
        private final Map<Integer, VersionVector> formVector = new HashMap<>();
        private final String[] lines = {"first zero", "second zero", "third zero"};
        private final UUID item;
        private int edits;
        private long time = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();

        Devices(int seed) {
            random = new Random(seed);
            for (int device = 0; device < DEVICES; device++) {
                databases.add(open("device " + device));
            }
            item = new Items(databases.getFirst()).add(NewItem.note("Note").withBody(String.join("\n", lines)));
            settle();
            for (int device = 0; device < DEVICES; device++) {
                open(device);
            }
        }

        private Database open(String name) {
            InstantSource clock = () -> Instant.ofEpochMilli(time += 1000);
            return Database.openTemporary(
                    LibrarySchema.SCHEMA, DatabaseOptions.DEFAULT.named(name).with(clock));
        }

        String expected() {
            return String.join("\n", lines);
        }

        String shown(Database database) {
            return database.one(ItemQueries.item(item)).body();
        }

        String stored(Database database) {
            return database.one(dev.tidemark.engine.Query.of("SELECT id, body FROM item WHERE id = ?", item)
                    .map(row -> ItemQueries.text(row, "body")));
        }

        private void open(int device) {
            formVector.put(device, databases.get(device).changelog().vector());
            form.put(device, shown(databases.get(device)));
        }

        void edit(int device, int line) {
            new Items(databases.get(device)).setBody(item, edited(shown(databases.get(device)), line));
            MergedTexts.refresh(databases.get(device));
            open(device);
        }

        /** Edits the text as the device showed it some steps ago. */
        void editForm(int device, int line) {
            new Items(databases.get(device))
                    .withContext(formVector.get(device))
                    .setBody(item, edited(form.get(device), line));
            MergedTexts.refresh(databases.get(device));
            open(device);
        }

        private String edited(String text, int line) {
            edits++;
            String[] parts = text.split("\n", -1);
            if (line < parts.length) {
                parts[line] = parts[line].substring(0, parts[line].lastIndexOf(' ') + 1) + "edit" + edits;
                lines[line] = parts[line];
            }
            return Arrays.stream(parts).collect(Collectors.joining("\n"));
        }

        void syncPair() {
            int first = random.nextInt(DEVICES);
            int second = (first + 1 + random.nextInt(DEVICES - 1)) % DEVICES;
            sync(first, second);
        }

        private void sync(int first, int second) {
            SyncEngine.sync(
                    databases.get(first).changelog(), databases.get(second).changelog());
            MergedTexts.refresh(databases.get(first));
            MergedTexts.refresh(databases.get(second));
        }

        /** Waits for no other device, so that ancestors that others have yet to refer to are gone. */
        void truncate(int device) {
            Database database = databases.get(device);
            for (Database other : databases) {
                ReplicaId replica = other.replica();
                if (other != database) {
                    database.maintenance().exclude(replica);
                }
            }
            database.maintenance().truncateLog(database.maintenance().safeWatermark());
        }

        /**
         * A new device takes the place of one, whose edits another has by then. It joins by a snapshot if the other has
         * truncated its log.
         *
         * @return whether it did
         */
        boolean replace(int device) {
            int other = (device + 1) % DEVICES;
            sync(device, other);
            truncate(other);
            databases.get(device).close();
            databases.set(device, open("device " + device + "+" + edits));
            sync(device, other);
            open(device);
            return !databases.get(device).changelog().floor().isEmpty();
        }

        /** Deletes another note, which garbage collection drops once all devices have acknowledged that. */
        void addAndDelete(int device) {
            Items items = new Items(databases.get(device));
            items.purge(items.add(NewItem.note("Other").withBody("first\nsecond")));
        }

        void collect(int device) {
            databases.get(device).maintenance().run(Duration.ofMinutes(1), () -> false);
        }

        void assertOneMergeAtMost(int seed) {
            databases.forEach(database -> MergedTexts.setOn(database, true));
            settle();
            String winner = stored(databases.getFirst());
            List<String> merges = databases.stream()
                    .map(this::shown)
                    .filter(text -> !text.equals(winner))
                    .distinct()
                    .toList();
            assertThat(merges).as("seed %d", seed).hasSizeLessThan(2);
        }

        void settle() {
            for (int round = 0; round < 2; round++) {
                sync(0, 1);
                sync(1, 2);
                sync(0, 2);
            }
            for (Database database : databases) {
                assertThat(database.dump()).isEqualTo(databases.getFirst().dump());
                long changes = database.changelog().vector().heads().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertThat(MergedTexts.refresh(database)).isFalse();
                assertThat(database.changelog().vector().heads().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(changes);
            }
        }

        @Override
        public void close() {
            databases.forEach(Database::close);
        }
    }
}
