package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/correctness.md#r11 and acceptance 30: three devices of different versions with random edits, syncs and upgrades.
 * At any moment each shows what the rules define for its version; at the end all are equal.
 */
class UpgradeHistoryTest {
    private static final int STEPS = 100;
    static final int NEWEST = 4;

    /** Ids of rows that migrations add; persons use them, too. */
    private static final List<UUID> SEEDED = List.of(new UUID(0, 1), new UUID(0, 2));

    private static final String[] UPGRADES = {
        // A column filled from data that differs between devices.
        "ALTER TABLE task ADD COLUMN priority INTEGER; UPDATE task SET priority = length(title)",
        // A column with a default, a new table, rows with fixed ids and one with a random one.
        """
        ALTER TABLE task ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';
        UPDATE task SET colour = 'red' WHERE done = 1;
        CREATE TABLE label(id BLOB PRIMARY KEY NOT NULL, name TEXT, task_id BLOB REFERENCES task(id));
        INSERT INTO label SELECT x'00000000000000000000000000000001', 'urgent', min(id) FROM task;
        INSERT OR IGNORE INTO note VALUES (x'00000000000000000000000000000002', 'welcome');
        INSERT INTO note SELECT randomblob(16), 'about ' || name FROM folder LIMIT 1\
        """,
        // A table built anew, a fill of what the step before made, an index.
        """
        CREATE TABLE other(id BLOB PRIMARY KEY NOT NULL, name TEXT NOT NULL DEFAULT '', kind TEXT);
        INSERT INTO other SELECT id, name, 'k' || name FROM folder;
        DROP TABLE folder;
        ALTER TABLE other RENAME TO folder;
        ALTER TABLE label ADD COLUMN rank INTEGER;
        UPDATE label SET rank = length(name);
        CREATE INDEX label_task ON label(task_id)\
        """,
    };

    @TempDir
    Path folder;

    static Schema schema(int version) {
        return builder(version).build();
    }

    static Schema.Builder builder(int version) {
        return builder(version, "randomblob(16)");
    }

    /** @param id an expression for the id of a row that a migration adds: a simulation takes it from its seed */
    static Schema.Builder builder(int version, String id) {
        Schema.Builder builder = Schema.builder();
        Replicas.TASKS.migrations().forEach(step -> builder.migration(step.name(), step.step()));
        for (int step = 2; step <= version; step++) {
            builder.migration("to version " + step, UPGRADES[step - 2].replace("randomblob(16)", id));
        }
        builder.synced("folder", "task", "note");
        return version > 2 ? builder.synced("label") : builder;
    }

    /** The tables that a version knows, and their columns with the defaults. */
    static Map<String, Map<String, Object>> columns(int version) {
        Map<String, Map<String, Object>> tables = new HashMap<>();
        tables.put("folder", new HashMap<>(Map.of("name", "")));
        tables.put("task", new HashMap<>(Map.of("done", 0L)));
        tables.put("note", new HashMap<>());
        tables.get("note").put("body", null);
        for (String column : List.of("title", "folder_id", "code")) {
            tables.get("task").put(column, null);
        }
        if (version > 1) {
            tables.get("task").put("priority", null);
        }
        if (version > 2) {
            tables.get("task").put("colour", "grey");
            tables.put("label", new HashMap<>());
            tables.get("label").put("name", null);
            tables.get("label").put("task_id", null);
        }
        if (version > 3) {
            tables.get("folder").put("kind", null);
            tables.get("label").put("rank", null);
        }
        return tables;
    }

    @Test
    void devicesOfDifferentVersionsAgreeAfterAnyHistoryAndAsTheRulesSay() throws InterruptedException {
        agree(5, Seeds.fixed());
    }

    @Proof
    @Test
    void devicesOfDifferentVersionsAgreeAfterHistoriesOfToday() throws InterruptedException {
        agree(50, Seeds.ofToday());
    }

    private void agree(int histories, long firstSeed) throws InterruptedException {
        HistoryRuns runs = new HistoryRuns(histories, firstSeed);
        runs.run(seed -> run(seed, folder.resolve("h" + seed)));
        runs.assertCovers(
                "cells waited", "conflicts at the end", "hidden rows at the end", "upgrades", "writes of migrations");
    }

    private static Map<String, Long> run(long seed, Path home) {
        Random random = new Random(seed);
        home.toFile().mkdirs();
        long[] now = {1_800_000_000_000L};
        Random pace = new Random(seed);
        InstantSource clock = () -> Instant.ofEpochMilli(now[0] += pace.nextInt(3));
        try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
            List<HistoryDevice> devices = new ArrayList<>();
            List<UUID> ids = new ArrayList<>(SEEDED);
            for (int number = 0; number < 3; number++) {
                int version = 1 + random.nextInt(3);
                devices.add(
                        new HistoryDevice(replicas.open("d" + number, schema(version), clock), version, random, ids));
            }
            Map<String, Long> happened = new HashMap<>();
            for (int step = 0; step < STEPS; step++) {
                HistoryDevice device = devices.get(random.nextInt(3));
                int choice = random.nextInt(40);
                if (choice < 5) {
                    HistoryDevice other = devices.get(random.nextInt(3));
                    Replicas.pull(other.database, device.database, new Batch.Limit(1 + random.nextInt(20), 1 << 20));
                } else if (choice == 5) {
                    happened.merge(
                            "upgrades",
                            upgrade(device, device.version + 1 + random.nextInt(2), replicas, clock) ? 1L : 0L,
                            Long::sum);
                    check(device);
                } else {
                    device.act();
                }
                happened.merge(
                        "cells waited", (long) device.database.waitingCells().size(), Long::sum);
                if (random.nextInt(40) == 0) {
                    check(device);
                }
            }
            happened.putAll(finish(devices, replicas, clock, random));
            return happened;
        } finally {
            RandomHistoryTest.delete(home);
        }
    }

    private static boolean upgrade(HistoryDevice device, int wanted, Replicas replicas, InstantSource clock) {
        int version = Math.min(wanted, NEWEST);
        if (version > device.version) {
            device.database.close();
            String name = device.database.file().getFileName().toString().replace(".db", "");
            device.database = replicas.open(name, schema(version), clock);
            device.version = version;
            return true;
        }
        return false;
    }

    private static void check(HistoryDevice device) {
        new Oracle(Replicas.changes(device.database), device.version).check(device.database);
    }

    private static Map<String, Long> finish(
            List<HistoryDevice> devices, Replicas replicas, InstantSource clock, Random random) {
        if (random.nextBoolean()) {
            syncAll(devices);
        }
        devices.forEach(device -> upgrade(device, NEWEST, replicas, clock));
        syncAll(devices);
        SqliteDatabase first = devices.getFirst().database;
        devices.forEach(UpgradeHistoryTest::check);
        for (HistoryDevice device : devices) {
            assertThat(device.database.changelog().vector())
                    .isEqualTo(first.changelog().vector());
            assertThat(StateDump.of(device.database)).isEqualTo(StateDump.of(first));
            assertThat(device.database.dump()).isEqualTo(first.dump());
            assertThat(device.database.waitingCells()).isEmpty();
        }
        return Map.of(
                "hidden rows at the end",
                (long) first.hiddenRows().size(),
                "conflicts at the end",
                (long) first.conflicts().size(),
                "writes of migrations",
                Replicas.changes(first).stream()
                        .filter(change -> change.isFromMigration() && change.kind() != Kind.SCHEMA)
                        .map(Change::dot)
                        .count());
    }

    private static void syncAll(List<HistoryDevice> devices) {
        Replicas.syncAll(devices.stream().map(device -> device.database).toArray(SqliteDatabase[]::new));
    }
}
