package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.encryption.LibraryKeys;
import dev.tidemark.engine.internal.encryption.SeededKeys;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.internal.sync.SimulatedSession;
import dev.tidemark.engine.internal.sync.UnreliableStorage;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
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
import org.jspecify.annotations.Nullable;

/**
 * One simulated life of a library: devices with different versions and wrong clocks sync through a storage with every
 * kind of fault; they are killed, restored from backups, copied, lost and retired; they write snapshots and start from
 * them, run maintenance, attach files, and change the passphrase. docs/correctness.md#simulation lists the checks at
 * its end. The seed determines everything but the ids of rows that a migration creates.
 */
final class SimulatedLife {
    /** What has to happen in some of many lives. */
    static final List<String> EVENTS = List.of(
            "attachment fetched",
            "attachment gone",
            "backup restored",
            "began with a snapshot",
            "clock jumped",
            "conflicts at the end",
            "database copied",
            "database upgraded",
            "device lost",
            "device retired that is used",
            "encrypted",
            "files merged",
            "files removed",
            "fresh id taken",
            "hidden rows at the end",
            "keys forgotten",
            "killed between two steps",
            "killed in a sync",
            "passphrase changed",
            "row forgotten",
            "snapshot made",
            "twins at once");

    /** What has to happen in some of a hundred lives. */
    static final List<String> RARE_EVENTS = List.of("a twin of two lost");

    private static final int DEVICES = 3;
    private static final int STEPS = 100 * DEVICES;
    static final Duration TIDYING = Duration.ofMinutes(10);

    final Random random;
    final List<UUID> rows = new ArrayList<>();
    final List<SimulatedMachine> machines = new ArrayList<>();
    final UnreliableStorage storage;
    Instant now = Instant.ofEpochMilli(1_800_000_000_000L);
    /** What opens the library; null if it is not encrypted. */
    @Nullable
    String passphrase;

    private final IdGenerator fresh;
    private final Path home;
    private final Set<String> happened = new TreeSet<>();
    final SimulatedArchive archive = new SimulatedArchive();
    private final SimulatedOperations care = new SimulatedOperations(this);
    private int files;

    SimulatedLife(long seed, Path home) {
        this.random = new Random(seed);
        this.fresh = new IdGenerator(new Random(seed + 2));
        this.home = home;
        this.passphrase = seed % 4 == 0 ? "passphrase" : null;
        this.storage = new UnreliableStorage(new MemoryStorage(), new Random(seed + 1));
        storage.onArrival(this::arrived);
    }

    void run() {
        home.toFile().mkdirs();
        try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
            storage.heal();
            SimulatedMachine newcomer = join(replicas, UpgradeHistoryTest.NEWEST);
            for (int number = 0; number < DEVICES; number++) {
                join(replicas, 1 + random.nextInt(3));
            }
            // Nobody waits for it, and it will tell in the end what all files together say.
            machines.remove(newcomer);
            care.retire(machines.getFirst(), newcomer.database().replica());
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(5));
                step(machines.get(random.nextInt(machines.size())), replicas);
            }
            end(newcomer);
            storage.met().keySet().forEach(fault -> happened(fault.name()));
        } finally {
            RandomHistoryTest.delete(home);
        }
    }

    /** What happened in it, once it is over. */
    Set<String> happened() {
        return happened;
    }

    void happened(String what) {
        happened.add(what);
    }

    private String nextFile() {
        return "d" + files++;
    }

    private SimulatedMachine machine(Replicas replicas, String name, int version, long offset) {
        Encryption secrets = passphrase == null ? Encryption.NONE : new SimulatedSecrets(passphrase, founding());
        return new SimulatedMachine(
                replicas, name, version, () -> now, offset, random, fresh, rows, secrets, archive::note);
    }

    /** Of the first machine. */
    private @Nullable LibraryKeys founding() {
        return machines.isEmpty() ? SeededKeys.of(random) : null;
    }

    private SimulatedMachine join(Replicas replicas, int version) {
        SimulatedMachine machine = machine(replicas, nextFile(), version, (random.nextInt(3) - 1) * 3_600_000L);
        machines.add(machine);
        sync(machine);
        return machine;
    }

    private void arrived(String name, byte[] content) {
        if (archive.keep(name, content)) {
            happened("files merged");
        }
        if (name.startsWith("v1/snapshots/")) {
            happened("snapshot made");
        }
    }

    private void step(SimulatedMachine machine, Replicas replicas) {
        switch (random.nextInt(70)) {
            case 0 -> kill(machine);
            case 1 -> machine.backup = machine.copyTo(nextFile());
            case 2 -> restore(machine);
            case 3 -> {
                if (random.nextInt(4) == 0 && machines.size() < DEVICES + 2) {
                    copy(machine, replicas);
                }
            }
            case 4 -> {
                if (random.nextInt(3) == 0) {
                    // No two clocks differ by more than a year: what is further ahead is not believed.
                    machine.offset = (random.nextInt(5) - 2) * 7_500_000_000L;
                    happened("clock jumped");
                }
            }
            case 5 -> {
                if (random.nextInt(6) == 0) {
                    machine.upgrade(Math.max(machine.device.version, 1 + random.nextInt(4)));
                    happened("database upgraded");
                }
            }
            case 6 -> machine.database().maintenance().run(TIDYING, () -> false);
            case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16 -> syncOverABadLine(machine);
            case 17 -> {
                if (random.nextInt(3) == 0) {
                    care.daysPass(1 + random.nextInt(4));
                }
            }
            case 18 -> {
                if (random.nextInt(3) == 0) {
                    care.typeALot(machine);
                }
            }
            case 19 -> {
                if (random.nextInt(5) == 0) {
                    care.syncOften(machine);
                }
            }
            case 20 -> {
                if (random.nextInt(4) == 0) {
                    care.retire(machine, machines.get(random.nextInt(machines.size())));
                }
            }
            case 21 -> {
                if (random.nextInt(3) == 0 && machines.size() < DEVICES + 2) {
                    join(replicas, machine.device.version);
                }
            }
            case 22 -> {
                if (random.nextInt(6) == 0) {
                    care.lose(machine);
                }
            }
            case 23, 24 -> care.attach(machine);
            case 25 -> care.fetch(machine);
            case 26 -> {
                if (random.nextInt(2) == 0) {
                    care.changePassphrase(machine);
                }
            }
            default -> {
                machine.device.act();
                machine.remember();
            }
        }
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
        boolean isTwin = isClone(machine);
        // Of two that publish under one id before either can see the other, see decision 28.
        if (isTwin || machine.isBehindItself || (machine.backup == null && random.nextInt(40) == 0)) {
            storage.heal();
        } else {
            storage.worsen();
        }
        if (isTwin) {
            happened("twins at once");
        }
        boolean ended = sync(machine);
        storage.heal();
        if (!before.equals(machine.database().replica())) {
            happened("fresh id taken");
        }
        if (!ended && random.nextInt(3) == 0) {
            happened("killed in a sync");
            kill(machine);
        }
    }

    RemoteSession library(SimulatedMachine machine) {
        return library(machine, storage);
    }

    private RemoteSession library(SimulatedMachine machine, RemoteStorage through) {
        return SimulatedSession.open(machine.database(), through, () -> now, machine.secrets);
    }

    boolean sync(SimulatedMachine machine) {
        boolean ended = syncOnce(machine);
        // Also what goes by a fresh id from now on.
        machine.remember();
        return ended;
    }

    private boolean syncOnce(SimulatedMachine machine) {
        SyncOptions options = SyncOptions.DEFAULT.with(new Batch.Limit(1 + random.nextInt(200), 1 << 20));
        try {
            library(machine).sync(options);
            machine.isBehindItself = false;
            return true;
        } catch (StorageException | SyncException | Snapshot.UnusableException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            care.typeAnother(machine, expected.problem());
            return false;
        } catch (TidemarkException expected) {
            // A library's file that cannot be read.
            assertThat(expected).isInstanceOf(DamagedFileException.class);
            return false;
        }
    }

    private void kill(SimulatedMachine machine) {
        machine.killAndStartAs(nextFile());
        happened("killed between two steps");
    }

    private void restore(SimulatedMachine machine) {
        if (!machine.canRestore()) {
            return;
        }
        // What it had published until then is not lost: one honest sync, so that it is known what that is.
        storage.heal();
        if (!sync(machine)) {
            return;
        }
        ReplicaId before = machine.database().replica();
        machine.restore();
        if (!before.equals(machine.database().replica())) {
            // Nobody goes by that id any more, and nothing but a person's word says so.
            care.gone(before);
        }
        machine.device.act();
        machine.remember();
        syncOverABadLine(machine);
        happened("backup restored");
    }

    private void copy(SimulatedMachine machine, Replicas replicas) {
        String name = nextFile();
        machine.copyTo(name);
        machines.add(machine(replicas, name, machine.device.version, machine.offset));
        happened("database copied");
    }

    private void end(SimulatedMachine newcomer) {
        storage.heal();
        machines.forEach(machine -> machine.upgrade(UpgradeHistoryTest.NEWEST));
        care.settle();
        for (SimulatedMachine machine : machines) {
            RemoteSession library = library(machine);
            SyncReport once = library.sync(SyncOptions.DEFAULT);
            assertThat(once.isComplete()).as(once.toString()).isTrue();
            assertThat(once.pushed() + once.pulled()).isZero();
            // What is left of bad files is looked at once by each program, not by each sync.
            SyncReport last = library.sync(SyncOptions.DEFAULT);
            assertThat(last.requests()).as("requests when nothing is new").isEqualTo(1);
        }
        readEverything(newcomer);
        SimulatedConvergence end = new SimulatedConvergence(newcomer, machines);
        end.check();
        care.check();
        happened.addAll(end.seen());
    }

    private void readEverything(SimulatedMachine newcomer) {
        RemoteStorage everything = archive.with(storage);
        VersionVector held = machines.getFirst().database().changelog().vector();
        do {
            library(newcomer, everything).sync(SyncOptions.DEFAULT);
        } while (archive.complete(newcomer.database(), held));
        archive.completeAll(newcomer.database(), held);
    }
}
