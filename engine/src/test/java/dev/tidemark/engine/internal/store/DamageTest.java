package dev.tidemark.engine.internal.store;

import static dev.tidemark.engine.internal.store.Replicas.run;
import static dev.tidemark.engine.internal.store.Replicas.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.Maintenance.CheckReport;
import dev.tidemark.engine.changelog.Maintenance.Rebuild;
import dev.tidemark.engine.changelog.Maintenance.RepairReport;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.proof.Proof;
import dev.tidemark.proof.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage anywhere in a database is found, or changed nothing. A repair brings back the content, or says that it cannot
 * and writes nothing.
 */
class DamageTest {
    private static final int QUICK = 40;
    private static final int THOROUGH = 600;
    private static final int WAL_HEADER = 32;
    private static final String WRONG = "WRONG: ";
    private static final String NEEDS_REBUILD = "needs a rebuild, ";

    @TempDir
    Path folder;

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private byte[] sound = new byte[0];
    private byte[] wal = new byte[0];
    private Path backup = Path.of("backup.db");
    private Content content = new Content("", "", List.of());
    private final List<String> commits = new ArrayList<>();

    private record Content(String dump, String state, List<Change> changes) {
        static Content of(SqliteDatabase database) {
            return new Content(database.dump(), StateDump.of(database), Replicas.changes(database));
        }

        List<String> lines() {
            // The mark "seen" of a write is in no change: only conflicts with later changes depend on it.
            Stream<String> writes = state.lines().map(line -> line.replace(" seen", ""));
            return Stream.of(dump.lines(), writes, changes.stream().map(Change::toString))
                    .flatMap(lines -> lines)
                    .toList();
        }
    }

    @BeforeEach
    void makeLibrary() throws IOException {
        Random ids = new Random(1);
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase here = replicas.open("here", Replicas.TICKING, ids);
            SqliteDatabase there = replicas.open("there", Replicas.TICKING, ids);
            List<UUID> tasks = new ArrayList<>();
            for (int index = 0; index < 60; index++) {
                UUID task = new UUID(ids.nextLong(), ids.nextLong());
                tasks.add(task);
                SqliteDatabase writer = index % 3 == 0 ? there : here;
                run(writer, "INSERT INTO task(id, title) VALUES (?, ?)", task, "Task number " + index + " of them");
                run(writer, "INSERT INTO note(id, body) VALUES (?, ?)", task, "Some text. ".repeat(index));
            }
            sync(here, there);
            backup = folder.resolve("backup.db");
            here.maintenance().copyTo(backup);
            for (UUID task : tasks.subList(0, 20)) {
                run(here, "UPDATE task SET title = 'Here' WHERE id = ?", task);
                run(there, "UPDATE task SET title = 'There' WHERE id = ?", task);
            }
            run(here, "DELETE FROM task WHERE id = ?", tasks.getLast());
            sync(here, there);
            content = Content.of(here);
            here.close();
            sound = Files.readAllBytes(replicas.file("here"));
            here = replicas.open("here", Replicas.TICKING, ids);
            for (UUID task : tasks.subList(30, 40)) {
                commits.add(here.dump());
                run(here, "UPDATE task SET done = 1 WHERE id = ?", task);
            }
            commits.add(here.dump());
            wal = Files.readAllBytes(replicas.file("here").resolveSibling("here.db-wal"));
        }
    }

    @Test
    void damageOfADatabaseIsFoundAndRepairedOrNothingIsWritten() throws IOException {
        damageDatabases(QUICK, Seeds.fixed());
    }

    @Test
    @Proof
    void damageOfADatabaseAtManyPlacesIsFoundAndRepairedOrNothingIsWritten() throws IOException {
        damageDatabases(THOROUGH, Seeds.ofToday());
    }

    @Test
    void damageOfAWalLosesOnlyTheCommitsAfterIt() throws IOException {
        damageWals(QUICK / 4, Seeds.fixed());
    }

    @Test
    @Proof
    void damageOfAWalAtManyPlacesLosesOnlyTheCommitsAfterIt() throws IOException {
        damageWals(THOROUGH / 4, Seeds.ofToday());
    }

    private void damageDatabases(int times, long seed) throws IOException {
        Random random = new Random(seed);
        for (int index = 0; index < times; index++) {
            byte[] damaged = sound.clone();
            int at = random.nextInt(damaged.length);
            String kind;
            switch (random.nextInt(5)) {
                case 0 -> {
                    kind = "zeroed";
                    Arrays.fill(damaged, at, Math.min(at + 512, damaged.length), (byte) 0);
                }
                case 1 -> {
                    kind = "cut";
                    damaged = Arrays.copyOf(damaged, at);
                }
                default -> {
                    kind = "flipped";
                    damaged[at] ^= (byte) (1 << random.nextInt(8));
                }
            }
            String where = "seed " + seed + ", place " + index + ": " + kind + " at " + at;
            String outcome = outcome(damaged, index);
            if (outcome.startsWith(NEEDS_REBUILD)) {
                outcome += rebuilt(damaged, index, random.nextBoolean());
            }
            outcomes.merge(kind + ": " + outcome, 1, Integer::sum);
            if (outcome.contains(WRONG)) {
                failures.add(where + ": " + outcome);
            }
        }
        System.out.println(outcomes + " from seed " + seed);
        assertThat(failures).isEmpty();
    }

    private String outcome(byte[] damaged, int index) throws IOException {
        String name = "damaged" + index;
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            Files.write(replicas.file(name), damaged);
            return outcome(replicas.open(name));
        } catch (TidemarkException e) {
            return e.getMessage().isBlank() ? WRONG + "no words" : NEEDS_REBUILD + "cannot be opened or read";
        } catch (RuntimeException e) {
            return WRONG + e;
        } finally {
            for (String ending : List.of(".db", ".db-wal", ".db-shm")) {
                Files.deleteIfExists(folder.resolve(name + ending));
            }
        }
    }

    private String outcome(SqliteDatabase database) {
        Maintenance maintenance = database.maintenance();
        CheckReport check = maintenance.check();
        if (check.isSound()) {
            return difference(Content.of(database), "harmless");
        }
        RepairReport repair = maintenance.repair();
        if (!check.isRepairable() && !check.damage().isEmpty()) {
            boolean isUntouched = repair.inserted() + repair.changed() + repair.deleted() == 0;
            return isUntouched && !repair.damage().isEmpty() ? NEEDS_REBUILD + "found" : WRONG + repair;
        }
        if (repair.isReindexed()) {
            maintenance.repair();
        }
        CheckReport after = maintenance.check();
        if (after.isSound()) {
            return difference(Content.of(database), "found and repaired");
        }
        // SQLite reports a damaged key as an index that lacks a row. The state behind it shows only with new indexes.
        boolean isNamed =
                repair.isReindexed() && !after.isRepairable() && !after.damage().isEmpty();
        return isNamed ? NEEDS_REBUILD + "found with new indexes" : WRONG + after;
    }

    /** Rebuilds the damaged file from an older backup, or without one: everything comes back, or its number is said. */
    private String rebuilt(byte[] damaged, int index, boolean hasBackup) throws IOException {
        String name = "rebuilt" + index;
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            Path file = replicas.file(name);
            Files.write(file, damaged);
            Rebuild rebuild;
            try {
                rebuild = Database.rebuild(
                        file, hasBackup ? backup : null, folder.resolve(name + ".db.damaged"), Replicas.TASKS);
            } catch (Database.OpenException e) {
                boolean isSame = Arrays.equals(Files.readAllBytes(file), damaged);
                return hasBackup || !isSame ? WRONG + e : ", not possible without a backup";
            }
            SqliteDatabase database = replicas.open(name);
            boolean isSound = database.maintenance().check().isSound();
            boolean isSame = content.dump().equals(database.dump());
            if (!isSound || (rebuild.isComplete() && !isSame)) {
                return WRONG + rebuild;
            }
            return isSame ? ", all came back" : ", named what is missing";
        } catch (RuntimeException e) {
            return WRONG + e;
        } finally {
            for (String ending : List.of(".db", ".db-wal", ".db-shm", ".db.damaged", ".db.damaged-wal")) {
                Files.deleteIfExists(folder.resolve(name + ending));
            }
        }
    }

    /** The first line that differs; {@code otherwise} if none does. */
    private String difference(Content found, String otherwise) {
        List<String> lines = found.lines();
        List<String> expected = content.lines();
        for (int index = 0; index < Math.min(lines.size(), expected.size()); index++) {
            if (!lines.get(index).equals(expected.get(index))) {
                return WRONG + otherwise + ", but " + lines.get(index) + " was " + expected.get(index);
            }
        }
        return lines.size() == expected.size() ? otherwise : WRONG + otherwise + ", but has other lines";
    }

    private void damageWals(int times, long seed) throws IOException {
        Random random = new Random(seed);
        for (int index = 0; index < times; index++) {
            byte[] damaged = wal.clone();
            int at = WAL_HEADER + random.nextInt(damaged.length - WAL_HEADER);
            if (random.nextBoolean()) {
                damaged[at] ^= (byte) (1 << random.nextInt(8));
            } else {
                damaged = Arrays.copyOf(damaged, at);
            }
            String name = "wal" + index;
            try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
                Files.write(replicas.file(name), sound);
                Files.write(folder.resolve(name + ".db-wal"), damaged);
                SqliteDatabase database = replicas.open(name);
                assertThat(database.maintenance().check().isSound()).isTrue();
                assertThat(commits)
                        .as("seed " + seed + ", place " + index + " at " + at)
                        .contains(database.dump());
            }
        }
    }
}
