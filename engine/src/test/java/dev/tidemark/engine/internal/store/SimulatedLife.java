package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.internal.encryption.SeededKeys;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.internal.sync.SimulatedSession;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One simulated life of a library: devices with different versions and wrong clocks sync through one storage with every
 * kind of fault, or through a folder each and a carrier; they are killed, restored from backups and images, copied,
 * lost and retired; they move to other storages, write snapshots and start from them, run maintenance, attach files,
 * and change the passphrase. {@link SimulatedGhostLog} checks the device that has acted after each step,
 * {@link SimulatedConvergence} all of them in the end (docs/correctness.md#simulation). The seed determines everything
 * but the nonces of encrypted files, on which no choice depends.
 */
final class SimulatedLife {
    private static final int DEVICES = 3;
    private static final int MOST_DEVICES = DEVICES + 2;
    static final Duration TIDYING = Duration.ofMinutes(10);

    final Random random;
    final List<SimulatedMachine> machines = new ArrayList<>();
    final SimulatedStorages storages;
    final SimulatedGhostLog ghosts = new SimulatedGhostLog();
    Instant now = Instant.ofEpochMilli(1_800_000_000_000L);
    /** What opens the library; null if it is not encrypted. */
    @Nullable
    String passphrase;

    private final int steps;
    private final IdGenerator fresh;
    private final Path home;
    private final Set<String> happened = new TreeSet<>();
    private final List<String> trace = new ArrayList<>();
    private final SimulatedOperations operations = new SimulatedOperations(this);
    private final SimulatedDisasters disasters = new SimulatedDisasters(this, operations);
    private SimulatedMachine.Surroundings around;
    private int files;

    SimulatedLife(long seed, int steps, Path home) {
        this.random = new Random(seed);
        this.steps = steps;
        this.fresh = new IdGenerator(new Random(seed + 2));
        this.home = home;
        this.passphrase = seed % 4 == 0 ? "passphrase" : null;
        this.storages = new SimulatedStorages(new Random(seed + 1), seed / 4 % 2 == 0);
    }

    void run() {
        home.toFile().mkdirs();
        try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
            around = new SimulatedMachine.Surroundings(replicas, () -> now, random, fresh, new ArrayList<>());
            happened(storages.isCarried() ? "folder per device" : "shared storage");
            storages.heal();
            for (int number = 0; number < DEVICES; number++) {
                join(1 + random.nextInt(3));
            }
            for (int step = 0; step < steps; step++) {
                now = now.plusMillis(random.nextInt(5));
                step(machines.get(random.nextInt(machines.size())));
            }
            end();
            happened.addAll(storages.faults());
        } finally {
            RandomHistoryTest.delete(home);
        }
    }

    /** What happened in it, once it is over. */
    Set<String> happened() {
        return happened;
    }

    /** The outcome of each step: equal for lives with one seed. */
    List<String> trace() {
        return trace;
    }

    void happened(String what) {
        happened.add(what);
    }

    String nextFile() {
        return "d" + files++;
    }

    List<UUID> rows() {
        return around.rows();
    }

    SimulatedMachine add(String name, int version, long offset, SimulatedFolder folder) {
        Encryption secrets = passphrase == null ? Encryption.NONE : new SimulatedSecrets(passphrase, founding());
        SimulatedMachine machine = new SimulatedMachine(around, name, version, offset, secrets, folder);
        machines.add(machine);
        return machine;
    }

    /** Of the first machine. */
    private @Nullable LibraryKeys founding() {
        return machines.isEmpty() ? SeededKeys.of(random) : null;
    }

    private void join(int version) {
        SimulatedMachine machine =
                add(nextFile(), version, (random.nextInt(3) - 1) * 3_600_000L, new SimulatedFolder("storage 0"));
        disasters.moveTo(machine, machines.getFirst().generation());
        // A new device connects to a folder that its sync client has filled.
        storages.carryAll(List.of(machines.getFirst(), machine));
        sync(machine);
    }

    private void step(SimulatedMachine machine) {
        int choice = random.nextInt(84);
        switch (choice) {
            case 0 -> disasters.kill(machine);
            case 1, 38, 39 -> disasters.takeImage(machine);
            case 2, 40, 41 -> disasters.restore(machine);
            case 3 -> sometimes(2, machine, this::copy);
            case 4 -> sometimes(3, machine, this::setClock);
            case 5 -> sometimes(6, machine, this::upgrade);
            case 6 -> machine.database().maintenance().run(TIDYING, () -> false);
            case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> syncOverABadLine(machine);
            case 17 -> sometimes(2, machine, any -> operations.daysPass(1 + random.nextInt(4)));
            case 18 -> sometimes(3, machine, operations::typeALot);
            case 19 -> sometimes(5, machine, operations::syncOften);
            case 20 ->
                sometimes(4, machine, by -> operations.retire(by, machines.get(random.nextInt(machines.size()))));
            case 21 -> sometimes(3, machine, this::join);
            case 22 -> sometimes(6, machine, disasters::lose);
            case 23, 24 -> operations.attach(machine);
            case 25 -> operations.fetch(machine);
            case 26 -> sometimes(2, machine, operations::changePassphrase);
            case 27 -> operations.purge(machine);
            case 28 -> operations.truncateLog(machine);
            case 29 -> {
                machine.actInSecondProcess();
                happened("second process");
            }
            case 30 -> sometimes(4, machine, disasters::changeStorage);
            case 31 -> sometimes(4, machine, disasters::publish);
            case 32, 33, 34, 35, 36, 37 -> storages.carry(machine, machines, now);
            default -> machine.device.act();
        }
        if (machines.contains(machine)) {
            verify(machine);
        }
        trace.add(trace.size() + ": " + choice + " on " + machine + " -> "
                + machines.stream()
                        .map(each -> each + " " + each.database().replica() + " "
                                + each.database().changelog().vector())
                        .toList());
    }

    /** Checks what holds at every moment, on the device that has done something. */
    void verify(SimulatedMachine machine) {
        operations.use(machine);
        ghosts.observe(machine);
        ghosts.check(machine, machines);
        ghosts.checkRemoved(machines, storages.inUse(machines));
    }

    private void sometimes(int outOf, SimulatedMachine machine, java.util.function.Consumer<SimulatedMachine> work) {
        if (random.nextInt(outOf) == 0) {
            work.accept(machine);
        }
    }

    private void join(SimulatedMachine machine) {
        if (machines.size() < MOST_DEVICES) {
            join(machine.device.version);
        }
    }

    private void copy(SimulatedMachine machine) {
        if (machines.size() < MOST_DEVICES) {
            disasters.copy(machine);
        }
    }

    /** No two clocks differ by more than a year: a clock further ahead is not believed. */
    private void setClock(SimulatedMachine machine) {
        machine.offset = (random.nextInt(5) - 2) * 7_500_000_000L;
        happened("clock jumped");
    }

    private void upgrade(SimulatedMachine machine) {
        machine.upgrade(Math.max(machine.device.version, 1 + random.nextInt(4)));
        happened("database upgraded");
    }

    boolean isClone(SimulatedMachine machine) {
        ReplicaId id = machine.database().replica();
        return machines.stream()
                        .filter(other -> other.database().replica().equals(id))
                        .count()
                > 1;
    }

    void syncOverABadLine(SimulatedMachine machine) {
        ReplicaId before = machine.database().replica();
        if (isClone(machine)) {
            happened("twins at once");
        }
        storages.carry(machine, machines, now);
        storages.worsen();
        boolean ended = sync(machine);
        storages.heal();
        if (!before.equals(machine.database().replica())) {
            happened("fresh id taken");
        }
        if (!ended && random.nextInt(3) == 0) {
            happened("killed in a sync");
            disasters.kill(machine);
        }
    }

    RemoteSession library(SimulatedMachine machine) {
        return SimulatedSession.open(machine.database(), storages.of(machine), () -> now, machine.secrets);
    }

    boolean sync(SimulatedMachine machine) {
        SyncOptions options = SyncOptions.DEFAULT.with(new Batch.Limit(1 + random.nextInt(200), 1 << 20));
        return attempt(machine, library -> library.sync(options));
    }

    /** Whether it succeeds: a storage or a library may refuse it, and its user reacts. */
    boolean attempt(SimulatedMachine machine, Function<RemoteSession, SyncReport> work) {
        try {
            SyncReport report = work.apply(library(machine));
            trace.add(report.isComplete() ? "complete" : "incomplete");
            operations.react(machine, report);
            return true;
        } catch (StorageException | SyncException | Snapshot.UnusableException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            trace.add("refused: " + expected.problem());
            operations.react(machine, expected.problem());
            return false;
        } catch (TidemarkException expected) {
            // A library's file that cannot be read.
            assertThat(expected).isInstanceOf(DamagedFileException.class);
            trace.add("damaged: " + expected.problem());
            return false;
        } finally {
            verify(machine);
        }
    }

    private void end() {
        storages.heal();
        machines.forEach(machine -> machine.upgrade(UpgradeHistoryTest.NEWEST));
        disasters.moveAll();
        operations.settle();
        for (SimulatedMachine machine : machines) {
            RemoteSession library = library(machine);
            SyncReport once = library.sync(SyncOptions.DEFAULT);
            assertThat(once.isComplete()).as(once.toString()).isTrue();
            assertThat(once.pushed() + once.pulled()).as(once.toString()).isZero();
            // What is left of bad files is looked at once by each program, not by each sync.
            SyncReport last = library.sync(SyncOptions.DEFAULT);
            assertThat(last.requests()).as("requests when nothing is new").isEqualTo(1);
        }
        happened.addAll(new SimulatedConvergence(ghosts, machines).check());
        operations.check();
    }
}
