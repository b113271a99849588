package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.TidemarkException;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.encryption.Encryption;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.internal.sync.SimulatedSession;
import dev.tidemark.engine.internal.sync.UnreliableStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.StorageException;
import dev.tidemark.engine.sync.SyncException;
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

/**
 * One life of a library: devices of different versions with wrong clocks sync through a storage that fails in every way;
 * they are killed, restored from backups and copied. What a simulator must check (rules.md) is checked at its end. A life is
 * all in its seed, but for the ids of rows that a migration makes up.
 */
final class SimulatedLife {
    /** What has to happen in some of many lives. */
    static final List<String> EVENTS = List.of(
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

    private static final int DEVICES = 3;
    private static final int STEPS = 100 * DEVICES;
    private static final Duration TIDYING = Duration.ofMinutes(10);

    private final Random random;
    private final FreshIds fresh;
    private final Path home;
    private final Set<String> happened = new TreeSet<>();
    private final List<UUID> rows = new ArrayList<>();
    private final List<SimulatedMachine> machines = new ArrayList<>();
    private final UnreliableStorage storage;
    private Instant now = Instant.ofEpochMilli(1_800_000_000_000L);
    private int files;

    SimulatedLife(long seed, Path home) {
        this.random = new Random(seed);
        this.fresh = new FreshIds(new Random(seed + 2));
        this.home = home;
        this.storage = new UnreliableStorage(new MemoryStorage(), new Random(seed + 1));
    }

    void run() {
        home.toFile().mkdirs();
        try (Replicas replicas = new Replicas(home, Replicas.TASKS)) {
            storage.heal();
            for (int number = 0; number < DEVICES; number++) {
                SimulatedMachine machine =
                        machine(replicas, nextFile(), 1 + random.nextInt(3), (random.nextInt(3) - 1) * 3_600_000L);
                machines.add(machine);
                sync(machine);
            }
            for (int step = 0; step < STEPS; step++) {
                now = now.plusMillis(random.nextInt(5));
                step(machines.get(random.nextInt(machines.size())), replicas);
            }
            end();
            storage.met().keySet().forEach(fault -> happened(fault.name()));
        } finally {
            RandomHistoryTest.delete(home);
        }
    }

    /** What happened in it, once it is over. */
    Set<String> happened() {
        return happened;
    }

    private void happened(String what) {
        happened.add(what);
    }

    private String nextFile() {
        return "d" + files++;
    }

    private SimulatedMachine machine(Replicas replicas, String name, int version, long offset) {
        return new SimulatedMachine(replicas, name, version, () -> now, offset, random, fresh, rows);
    }

    private void step(SimulatedMachine machine, Replicas replicas) {
        switch (random.nextInt(60)) {
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
                    machine.offset = (random.nextInt(5) - 2) * 40_000_000_000L;
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
            default -> {
                machine.device.act();
                machine.remember();
            }
        }
    }

    private void syncOverABadLine(SimulatedMachine machine) {
        ReplicaId before = machine.database().replica();
        boolean isTwin = machines.stream()
                        .filter(other -> other.database().replica().equals(before))
                        .count()
                > 1;
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

    private RemoteSession library(SimulatedMachine machine) {
        return SimulatedSession.open(machine.database(), storage, () -> now, Encryption.NONE);
    }

    private boolean sync(SimulatedMachine machine) {
        SyncOptions options = SyncOptions.DEFAULT.with(new BatchLimit(1 + random.nextInt(200), 1 << 20));
        try {
            library(machine).sync(options);
            machine.isBehindItself = false;
            return true;
        } catch (StorageException | SyncException expected) {
            assertThat(expected.getMessage()).isNotBlank();
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
        machine.restore();
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

    private void end() {
        storage.heal();
        machines.forEach(machine -> machine.upgrade(UpgradeHistoryTest.NEWEST));
        for (int round = 0; round < 6; round++) {
            machines.forEach(this::sync);
            if (round == 1) {
                // A bad file whose owner is gone, or goes by a fresh id, others put again after a day.
                now = now.plus(Duration.ofDays(2));
            }
        }
        for (SimulatedMachine machine : machines) {
            RemoteSession library = library(machine);
            SyncReport once = library.sync(SyncOptions.DEFAULT);
            assertThat(once.isComplete()).as(once.toString()).isTrue();
            assertThat(once.pushed() + once.pulled()).isZero();
            // What is left of bad files is looked at once by each program, not by each sync.
            SyncReport last = library.sync(SyncOptions.DEFAULT);
            assertThat(last.requests()).as("requests when nothing is new").isEqualTo(1);
        }
        SimulatedEnd end = new SimulatedEnd(machines);
        end.check();
        happened.addAll(end.seen());
    }
}
