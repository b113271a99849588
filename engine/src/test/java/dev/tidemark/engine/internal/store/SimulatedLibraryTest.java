package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogGapException;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.UnreliableStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole lives of libraries: devices of different versions with wrong clocks sync through a storage that fails in every way;
 * they are killed, restored from backups and copied. What a simulator must check (rules.md) is checked at the end of each.
 *
 * <p>{@code -Dtidemark.simulations=100000 -Dtidemark.simulator.progress=FILE} runs a long one, which goes on where it was
 * stopped; {@code -Dtidemark.seed=N -Dtidemark.simulations=1} repeats one life.
 */
class SimulatedLibraryTest {
    private static final int LIVES = Integer.getInteger("tidemark.simulations", 16);
    private static final long FIRST_SEED = Long.getLong("tidemark.seed", 20261123L);
    private static final String PROGRESS = System.getProperty("tidemark.simulator.progress", "");
    private static final int DEVICES = 3;
    private static final int STEPS = 100 * DEVICES;

    @TempDir
    Path folder;

    private final Map<String, Integer> coverage = new TreeMap<>();

    @Test
    void everyLifeOfALibraryEndsEqualOnAllDevicesAndAsTheRulesSay() throws Exception {
        long first = resumed();
        List<Future<?>> lives = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (long seed = first; seed < FIRST_SEED + LIVES; seed++) {
                long own = seed;
                lives.add(threads.submit(() -> new Life(own, folder.resolve("l" + own)).run()));
            }
            for (int life = 0; life < lives.size(); life++) {
                expectSuccess(lives.get(life), first + life, threads);
                note(first + life, lives.size());
            }
        }
        System.out.printf("%d lives from seed %d; of these with %s%n", lives.size(), first, coverage);
        if (lives.size() >= 16) {
            assertThat(coverage)
                    .containsKeys(
                            "backup restored",
                            "clock jumped",
                            "conflicts at the end",
                            "database copied",
                            "database upgraded",
                            "fresh id taken",
                            "hidden rows at the end",
                            "killed between two steps",
                            "killed in a sync",
                            "twins at once");
            for (UnreliableStorage.Fault fault : UnreliableStorage.Fault.values()) {
                assertThat(coverage).containsKey(fault.name());
            }
            assertThat(coverage.values())
                    .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(Math.max(1, lives.size() / 100)));
        }
    }

    private static long resumed() throws IOException {
        return PROGRESS.isEmpty() || Files.notExists(Path.of(PROGRESS))
                ? FIRST_SEED
                : Long.parseLong(Files.readString(Path.of(PROGRESS)).strip()) + 1;
    }

    private static void note(long seed, int lives) throws IOException {
        if (!PROGRESS.isEmpty()) {
            Files.writeString(Path.of(PROGRESS), seed + "\n");
            if (seed % 100 == 0) {
                System.out.println("Seed " + seed + " is over, " + (FIRST_SEED + LIVES - seed) + " to go of " + lives);
            }
        }
    }

    private static void expectSuccess(Future<?> life, long seed, ExecutorService others) throws InterruptedException {
        try {
            life.get();
        } catch (ExecutionException e) {
            others.shutdownNow();
            throw new AssertionError(
                    "Life with seed " + seed + " failed: repeat it with -Dtidemark.seed=" + seed
                            + " -Dtidemark.simulations=1",
                    e.getCause());
        }
    }

    private synchronized void count(Map<String, Integer> happened) {
        happened.keySet().forEach(what -> coverage.merge(what, 1, Integer::sum));
    }

    /** A write that a device had confirmed: what it is whoever's number it goes by. */
    private record Written(long time, long wallMillis, String table, UUID row, Change.Kind kind) {
        static Written of(Change change) {
            return new Written(change.time(), change.wallMillis(), change.table(), change.row(), change.kind());
        }
    }

    /** A device and what it had confirmed. */
    private static final class Machine {
        final HistoryDevice device;
        final long[] offset;
        String name;
        Set<Written> confirmed;
        VersionVector known = VersionVector.EMPTY;
        Path backup;

        Machine(HistoryDevice device, String name, long[] offset, Set<Written> confirmed) {
            this.device = device;
            this.name = name;
            this.offset = offset;
            this.confirmed = confirmed;
        }
    }

    /** One life. */
    private final class Life {
        private final Random random;
        private final Path home;
        private final Map<String, Integer> happened = new HashMap<>();
        private final List<UUID> ids = new ArrayList<>();
        private final List<Machine> machines = new ArrayList<>();
        private final Map<Dot, Change> published = new HashMap<>();
        private final UnreliableStorage storage;
        private final long[] now = {1_800_000_000_000L};
        private Duration later = Duration.ZERO;
        private int files;

        Life(long seed, Path home) {
            this.random = new Random(seed);
            this.home = home;
            this.storage = new UnreliableStorage(new MemoryStorage(), new Random(seed + 1));
        }

        void run() {
            home.toFile().mkdirs();
            try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
                storage.heal();
                for (int number = 0; number < DEVICES; number++) {
                    Machine machine = machine(replicas, "d" + files++, 1 + random.nextInt(3));
                    machines.add(machine);
                    sync(machine);
                }
                for (int step = 0; step < STEPS; step++) {
                    step(machines.get(random.nextInt(machines.size())), replicas);
                }
                end(replicas);
                storage.met().keySet().forEach(fault -> happened(fault.name()));
            } finally {
                deleteAll(home);
            }
            count(happened);
        }

        private void happened(String what) {
            happened.merge(what, 1, Integer::sum);
        }

        private Machine machine(Replicas replicas, String name, int version) {
            long[] offset = {(random.nextInt(3) - 1) * 3_600_000L};
            HistoryDevice device = new HistoryDevice(open(replicas, name, version, offset), version, random, ids);
            return new Machine(device, name, offset, new HashSet<>());
        }

        private SqliteDatabase open(Replicas replicas, String name, int version, long[] offset) {
            InstantSource clock = () -> Instant.ofEpochMilli((now[0] += random.nextInt(3)) + offset[0]);
            SqliteDatabase database = replicas.open(name, UpgradeHistoryTest.schema(version), clock);
            database.onEvent(
                    Runnable::run, event -> assertThat(event.sentence()).isNotBlank());
            return database;
        }

        private void step(Machine machine, Replicas replicas) {
            switch (random.nextInt(60)) {
                case 0 -> kill(machine, replicas);
                case 1 -> backUp(machine);
                case 2 -> restore(machine, replicas);
                case 3 -> {
                    if (random.nextInt(4) == 0 && machines.size() < DEVICES + 2) {
                        copy(machine, replicas);
                    }
                }
                case 4 -> {
                    if (random.nextInt(3) == 0) {
                        machine.offset[0] = (random.nextInt(5) - 2) * 40_000_000_000L;
                        happened("clock jumped");
                    }
                }
                case 5 -> {
                    if (random.nextInt(6) == 0) {
                        upgrade(machine, replicas, Math.max(machine.device.version, 1 + random.nextInt(4)));
                    }
                }
                case 6 -> machine.device.database.maintenance().run(java.time.Duration.ofSeconds(5), () -> false);
                case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> sync(machine, replicas);
                default -> {
                    machine.device.act();
                    remember(machine);
                }
            }
        }

        /** Notes what the device has confirmed since. */
        private void remember(Machine machine) {
            SqliteDatabase database = machine.device.database;
            for (Change change : Replicas.changes(
                    database, machine.known.common(database.changelog().vector()))) {
                if (change.dot().replica().equals(database.replica())) {
                    machine.confirmed.add(Written.of(change));
                }
            }
            machine.known = database.changelog().vector();
        }

        private void sync(Machine machine, Replicas replicas) {
            boolean isTwin = machines.stream()
                            .filter(other -> other.device.database.replica().equals(machine.device.database.replica()))
                            .count()
                    > 1;
            // Of two that publish under one id before either can see the other, see decision 28.
            if (isTwin || (machine.backup == null && random.nextInt(40) == 0)) {
                storage.heal();
            } else {
                storage.worsen();
            }
            if (isTwin) {
                happened("twins at once");
            }
            var before = machine.device.database.replica();
            boolean ended = sync(machine);
            storage.heal();
            if (!before.equals(machine.device.database.replica())) {
                happened("fresh id taken");
            }
            if (!ended && random.nextInt(3) == 0) {
                happened("killed in a sync");
                kill(machine, replicas);
            }
        }

        private RemoteLibrary library(Machine machine) {
            return RemoteLibrary.open(
                    machine.device.database, storage, "", () -> Instant.now().plus(later));
        }

        private boolean sync(Machine machine) {
            SyncOptions options = SyncOptions.DEFAULT.with(new BatchLimit(1 + random.nextInt(200), 1 << 20));
            try {
                library(machine).sync(options);
                return true;
            } catch (StorageException | SyncException expected) {
                assertThat(expected.getMessage()).isNotBlank();
                return false;
            } catch (TidemarkException expected) {
                // A listing that lags within a sync may take back what the sync builds on: refused, and taken up again.
                assertThat(expected).isInstanceOfAny(DamagedFileException.class, ChangelogGapException.class);
                return false;
            }
        }

        /** What the files hold at this moment is what a killed process leaves. */
        private void kill(Machine machine, Replicas replicas) {
            String name = "d" + files++;
            try {
                for (String end : List.of("", "-wal")) {
                    Path file = home.resolve(machine.name + ".db" + end);
                    if (Files.exists(file)) {
                        Files.copy(file, home.resolve(name + ".db" + end));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            machine.device.database.close();
            machine.name = name;
            machine.device.database = open(replicas, name, machine.device.version, machine.offset);
            happened("killed between two steps");
        }

        private Path copyOf(Machine machine, String name) {
            SqliteDatabase database = machine.device.database;
            Path copy = home.resolve(name + ".db");
            database.maintain(connection -> 0);
            try {
                for (String end : List.of("", "-wal")) {
                    Path file = home.resolve(machine.name + ".db" + end);
                    if (Files.exists(file)) {
                        Files.copy(file, home.resolve(name + ".db" + end));
                    }
                }
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void backUp(Machine machine) {
            machine.backup = copyOf(machine, "b" + files++);
        }

        /** Puts the backup in the place of the machine, which has published everything before it is lost. */
        private void restore(Machine machine, Replicas replicas) {
            if (machine.backup == null || machine.device.version > versionOf(machine.backup)) {
                return;
            }
            // What it had published until then is not lost: one honest sync, so that it is known what that is.
            storage.heal();
            if (!sync(machine)) {
                return;
            }
            machine.device.database.close();
            machine.name = machine.backup.getFileName().toString().replace(".db", "");
            machine.device.database = open(replicas, machine.name, machine.device.version, machine.offset);
            machine.backup = null;
            machine.known = machine.device.database.changelog().vector();
            machine.device.act();
            remember(machine);
            sync(machine, replicas);
            happened("backup restored");
        }

        private int versionOf(Path backup) {
            try (java.sql.Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + backup);
                    java.sql.ResultSet row = connection.createStatement().executeQuery("SELECT schema FROM tm_state")) {
                return row.getInt(1);
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        }

        private void copy(Machine machine, Replicas replicas) {
            String name = "d" + files++;
            copyOf(machine, name);
            long[] offset = machine.offset.clone();
            HistoryDevice twin = new HistoryDevice(
                    open(replicas, name, machine.device.version, offset), machine.device.version, random, ids);
            Machine second = new Machine(twin, name, offset, new HashSet<>());
            second.known = twin.database.changelog().vector();
            machines.add(second);
            happened("database copied");
        }

        private void upgrade(Machine machine, Replicas replicas, int version) {
            machine.device.database.close();
            machine.device.database = open(replicas, machine.name, version, machine.offset);
            machine.device.version = version;
            remember(machine);
            happened("database upgraded");
        }

        private void end(Replicas replicas) {
            storage.heal();
            for (Machine machine : machines) {
                upgrade(machine, replicas, UpgradeHistoryTest.NEWEST);
            }
            for (int round = 0; round < 6; round++) {
                machines.forEach(this::sync);
                // A bad file whose owner is gone, or goes by a fresh id, others put again after a day.
                later = round < 2 ? Duration.ZERO : Duration.ofDays(2);
            }
            for (Machine machine : machines) {
                RemoteLibrary library = library(machine);
                SyncReport once = library.sync();
                assertThat(once.isComplete()).as(once.toString()).isTrue();
                assertThat(once.pushed() + once.pulled()).isZero();
                // What is left of bad files is looked at once by each program, not by each sync.
                SyncReport last = library.sync();
                assertThat(last.requests()).as("requests when nothing is new").isEqualTo(1);
            }
            compare();
        }

        private void compare() {
            SqliteDatabase first = machines.getFirst().device.database;
            List<Change> all = Replicas.changes(first);
            new Oracle(all, UpgradeHistoryTest.NEWEST).check(first);
            all.forEach(change -> published.put(change.dot(), change));
            Set<Written> kept = new HashSet<>();
            all.forEach(change -> kept.add(Written.of(change)));
            for (Machine machine : machines) {
                SqliteDatabase database = machine.device.database;
                assertThat(database.changelog().vector())
                        .isEqualTo(first.changelog().vector());
                assertThat(database.dump()).isEqualTo(first.dump());
                assertThat(database.stateDump()).isEqualTo(first.stateDump());
                assertThat(database.conflicts()).isEqualTo(first.conflicts());
                assertThat(database.hiddenRows()).isEqualTo(first.hiddenRows());
                for (Change change : Replicas.changes(database)) {
                    assertThat(isSame(change, published.get(change.dot())))
                            .as("%s", change)
                            .isTrue();
                }
                Set<Written> lost = new HashSet<>(machine.confirmed);
                lost.removeAll(kept);
                assertThat(lost)
                        .as("what " + machine.name + " had confirmed and is lost")
                        .isEmpty();
            }
            if (!first.conflicts().isEmpty()) {
                happened("conflicts at the end");
            }
            if (!first.hiddenRows().isEmpty()) {
                happened("hidden rows at the end");
            }
        }

        private static boolean isSame(Change one, Change other) {
            return other != null
                    && Written.of(one).equals(Written.of(other))
                    && one.context().equals(other.context())
                    && one.values().keySet().equals(other.values().keySet())
                    && one.values().entrySet().stream()
                            .allMatch(value -> Objects.deepEquals(
                                    value.getValue(), other.values().get(value.getKey())));
        }

        private static void deleteAll(Path home) {
            RandomHistoryTest.delete(home);
        }
    }
}
