package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random histories of three real databases converge although requests of every kind fail at random. */
class UnreliableSyncTest {
    private static final int STEPS = 100;
    private static final Schema SCHEMA = Schema.builder()
            .migration("create", "CREATE TABLE todo(id BLOB PRIMARY KEY NOT NULL, title TEXT, note TEXT)")
            .synced("todo")
            .build();

    @TempDir
    Path folder;

    private final Map<UnreliableStorage.Fault, Integer> met = new EnumMap<>(UnreliableStorage.Fault.class);

    @Test
    void devicesConvergeOnceTheLineIsGood() {
        history(1);
    }

    @Proof
    @Test
    void encryptedDevicesConvergeOnceTheLineIsGood() {
        history(-1);
    }

    @Proof
    @Test
    void devicesConvergeAfterEveryFault() {
        for (long seed = 1; seed <= 25; seed++) {
            history(seed);
        }
        System.out.println("Faults met in 25 histories of " + STEPS + " steps: " + met);
        assertThat(met.keySet()).containsExactlyInAnyOrder(UnreliableStorage.Fault.values());
    }

    /** Every device with the passphrase: founded at once, half sealed, listed late, cut off. */
    @Proof
    @Test
    void encryptedDevicesConvergeAfterEveryFault() {
        for (long seed = 1; seed <= 6; seed++) {
            history(-seed);
        }
        // So few histories do not always delete something.
        met.put(UnreliableStorage.Fault.DELETE_NEVER_HAPPENS, 0);
        assertThat(met.keySet()).containsExactlyInAnyOrder(UnreliableStorage.Fault.values());
    }

    private static Encryption encryption(long seed) {
        return seed > 0
                ? Encryption.NONE
                : Encryption.passphrase("correct horse battery staple"::toCharArray, code -> {});
    }

    /**
     * All in its seed, but for the keys of an encrypted library.
     *
     * @param seed negative for an encrypted library
     */
    private void history(long seed) {
        Random random = new Random(seed);
        UnreliableStorage storage = new UnreliableStorage(new MemoryStorage(), random);
        Random ids = new Random(seed + (1L << 32));
        long[] now = {1_800_000_000_000L};
        InstantSource clock = () -> Instant.ofEpochMilli(now[0]++);
        List<Database> devices = new ArrayList<>();
        try (Replicas replicas = new Replicas(folder, SCHEMA)) {
            List<RemoteSession> libraries = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                Database device = replicas.open(seed + "-" + number, clock, ids);
                devices.add(device);
                libraries.add(SimulatedSession.open(device, storage, clock, encryption(seed)));
            }
            List<UUID> rows = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                int number = random.nextInt(3);
                if (random.nextInt(3) == 0) {
                    trySync(libraries.get(number));
                } else {
                    edit(devices.get(number), random, rows, "step " + step);
                }
            }
            storage.heal();
            for (int round = 0; round < 4; round++) {
                libraries.forEach(RemoteSession::retryAll);
                libraries.forEach(library -> library.sync(SyncOptions.DEFAULT));
            }
            for (int number = 0; number < 3; number++) {
                String what = "seed " + seed + " device " + number;
                SyncReport last = libraries.get(number).sync(SyncOptions.DEFAULT);
                assertThat(last.isComplete()).as(what).isTrue();
                assertThat(last.requests()).as(what).isEqualTo(1);
                assertThat(devices.get(number).dump())
                        .as(what)
                        .isEqualTo(devices.getFirst().dump());
                assertThat(devices.get(number).changelog().vector())
                        .as(what)
                        .isEqualTo(devices.getFirst().changelog().vector());
                assertThat(devices.get(number).library())
                        .as(what)
                        .isEqualTo(devices.getFirst().library());
            }
        } finally {
            storage.met().forEach((fault, count) -> met.merge(fault, count, Integer::sum));
        }
    }

    private static void trySync(RemoteSession library) {
        try {
            library.sync(SyncOptions.DEFAULT);
        } catch (StorageException | DamagedFileException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } catch (SyncException expected) {
            assertThat(expected.problem())
                    .isIn(Problem.SYNC_KEY_NOT_SEALED, Problem.SYNC_KEY_DAMAGED, Problem.SYNC_KEYS_MISSING);
        }
    }

    private static void edit(Database device, Random random, List<UUID> rows, String text) {
        if (rows.isEmpty() || random.nextInt(3) == 0) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            rows.add(id);
            device.write(tx -> tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", id, text));
            return;
        }
        UUID row = rows.get(random.nextInt(rows.size()));
        switch (random.nextInt(4)) {
            case 0 -> device.write(tx -> tx.execute("DELETE FROM todo WHERE id = ?", row));
            case 1 -> device.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", text, row));
            default -> device.write(tx -> tx.execute("UPDATE todo SET title = ? WHERE id = ?", text, row));
        }
    }
}
