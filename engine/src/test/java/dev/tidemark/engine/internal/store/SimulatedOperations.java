package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.Maintenance;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.sync.RemoteSession;
import dev.tidemark.engine.internal.sync.SimulatedSession;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;

/** Operations of a simulated life other than edits and faults: passing days, bulk edits, devices, keys, attachments. */
final class SimulatedOperations {
    /** As many files of one log are left alone (docs/correctness.md#r17). */
    private static final int FILES = 32;

    private static final Duration DAY = Duration.ofDays(1).plusMinutes(5);

    private static final Set<Problem> WRONG = Set.of(Problem.SYNC_WRONG_PASSPHRASE, Problem.SYNC_PASSPHRASE_CHANGED);

    private static final Set<Problem> CONNECT =
            Set.of(Problem.SYNC_PUBLISHED_ANEW, Problem.SYNC_TWO_LIBRARIES, Problem.SYNC_OTHER_LIBRARY);

    private static final String LOG = "v1/log/";
    private static final String BLOBS = "v1/blobs/";

    private final SimulatedLife life;
    /** What users decide when they next look. */
    private final Map<SimulatedMachine, BiFunction<RemoteSession, SyncOptions, SyncReport>> choices = new HashMap<>();

    private final Map<BlobId, byte[]> attached = new HashMap<>();
    private final Set<BlobId> lostFiles = new TreeSet<>();
    private final Set<ReplicaId> everUsed = new TreeSet<>();
    /** All that there ever were or should have been, the latest last. */
    private final List<String> passphrases = new ArrayList<>(List.of("passphrase"));

    SimulatedOperations(SimulatedLife life) {
        this.life = life;
    }

    /** On each of them, the carrier comes, and most devices sync and tidy up. */
    void daysPass(int days) {
        for (int day = 0; day < days; day++) {
            life.now = life.now.plus(DAY);
            life.machines.forEach(machine -> life.storages.carry(machine, life.machines, life.now));
            for (SimulatedMachine machine : List.copyOf(life.machines)) {
                if (life.random.nextInt(8) > 0) {
                    life.syncOverABadLine(machine);
                    decide(machine);
                    tidy(machine);
                }
            }
        }
    }

    void tidy(SimulatedMachine machine) {
        if (machine.database()
                        .maintenance()
                        .run(SimulatedLife.TIDYING, () -> false)
                        .tombstonesCollected()
                > 0) {
            life.happened("row forgotten");
        }
        machine.database().removeUnusedBlobs();
        life.verify(machine);
    }

    /** Until the log has outgrown what it leads to, and a snapshot is due. */
    void typeALot(SimulatedMachine machine) {
        UUID note = new UUID(1, 1);
        for (int save = 0; save < 30; save++) {
            byte[] noise = new byte[40 << 10];
            life.random.nextBytes(noise);
            // Deleted in between, or only the last would stay in the log.
            Replicas.run(machine.database(), "DELETE FROM note WHERE id = ?", note);
            Replicas.run(machine.database(), "INSERT INTO note VALUES (?, ?)", note, noise);
        }
        life.syncOverABadLine(machine);
    }

    /** Until the files of its log are too many. */
    void syncOften(SimulatedMachine machine) {
        for (int time = 0; time < FILES; time++) {
            machine.device.act();
            life.storages.heal();
            life.sync(machine);
        }
    }

    /** It may find out later, and goes on under a fresh id. */
    void retire(SimulatedMachine by, SimulatedMachine other) {
        life.storages.worsen();
        if (retire(by, other.database().replica())) {
            life.happened("device retired that is used");
        }
        life.storages.heal();
    }

    private boolean retire(SimulatedMachine by, ReplicaId other) {
        return !by.database().replica().equals(other)
                && life.attempt(by, library -> library.retire(other, SyncOptions.DEFAULT));
    }

    /** Notes the id that the machine has now. */
    void use(SimulatedMachine machine) {
        everUsed.add(machine.database().replica());
    }

    /** A user says that no device goes by these ids any more. */
    private void retireUnused() {
        Set<ReplicaId> unused = new TreeSet<>(everUsed);
        life.machines.forEach(machine -> unused.remove(machine.database().replica()));
        unused.removeAll(SimulatedConvergence.retired(life.machines.getFirst().database()));
        for (ReplicaId id : unused) {
            retire(life.machines.getFirst(), id);
        }
        // A device may wait for one that others have never met. It lists that device.
        for (SimulatedMachine machine : life.machines) {
            machine.database().changelog().acknowledgements().stream()
                    .map(Changelog.Acknowledgement::replica)
                    .filter(unused::contains)
                    .toList()
                    .forEach(id -> retire(machine, id));
        }
    }

    /** Files that no device and no storage holds any more are lost. In an encrypted storage they have other names. */
    void lostSomeFiles() {
        lostFiles.clear();
        attached.keySet().stream()
                .filter(id -> life.machines.stream()
                                .noneMatch(machine -> machine.database().blobs().isLocal(id))
                        && life.storages.inUse(life.machines).stream()
                                .noneMatch(folder -> folder.has(BLOBS + id.hex())))
                .forEach(lostFiles::add);
    }

    void attach(SimulatedMachine machine) {
        byte[] content = new byte[1 + life.random.nextInt(3000)];
        life.random.nextBytes(content);
        BlobId id = machine.database().blobs().add(new ByteArrayInputStream(content));
        attached.put(id, content);
        if (life.rows().isEmpty()) {
            return;
        }
        UUID row = life.rows().get(life.random.nextInt(life.rows().size()));
        Replicas.run(machine.database(), "INSERT OR REPLACE INTO note VALUES (?, ?)", row, id.bytes());
    }

    /** Opens one of those that rows refer to. */
    void fetch(SimulatedMachine machine) {
        List<BlobId> referred = new ArrayList<>(new TreeSet<>(machine.database().referredBlobs()));
        if (referred.isEmpty()) {
            return;
        }
        BlobId id = referred.get(life.random.nextInt(referred.size()));
        life.storages.worsen();
        try {
            if (!machine.database().blobs().isLocal(id)) {
                // As the program does, which fetches with what it synced with before.
                life.library(machine).downloadBlob(id, bytes -> {});
                life.happened("attachment fetched");
            }
            expectContent(machine, id);
        } catch (StorageException | BlobException | DamagedFileException | SyncException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } finally {
            life.storages.heal();
        }
    }

    private void expectContent(SimulatedMachine machine, BlobId id) {
        try (InputStream content = machine.database().blobs().open(id)) {
            assertThat(content.readAllBytes()).isEqualTo(attached.get(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void changePassphrase(SimulatedMachine machine) {
        if (!(machine.secrets instanceof SimulatedSecrets secrets) || secrets.keys() == null) {
            return;
        }
        String another = "passphrase " + passphrases.size();
        passphrases.add(another);
        if (life.random.nextInt(3) > 0) {
            life.storages.worsen();
        }
        try {
            SimulatedSession.keys(life.storages.of(machine)).changePassphrase(secrets.keys(), another.toCharArray());
            life.passphrase = another;
            life.happened("passphrase changed");
        } catch (StorageException | SyncException | DamagedFileException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } finally {
            life.storages.heal();
        }
        if (life.random.nextInt(4) > 0) {
            secrets.forgetKeys();
            life.happened("keys forgotten");
        }
    }

    /**
     * The user connects the device to the library of the storage, or types another passphrase: one of before is valid
     * again if a device whose listing lagged has created the library once more, or if a change was reported as failed.
     */
    void react(SimulatedMachine machine, Problem problem) {
        if (machine.secrets instanceof SimulatedSecrets secrets && WRONG.contains(problem)) {
            int typed = passphrases.indexOf(secrets.typed());
            secrets.type(passphrases.get(typed > 0 ? typed - 1 : passphrases.size() - 1));
        } else if (CONNECT.contains(problem)) {
            choices.put(machine, RemoteSession::merge);
        } else if (problem == Problem.SYNC_EMPTIED || problem == Problem.SYNC_PUT_BACK) {
            choices.put(machine, RemoteSession::startNewEpoch);
        }
    }

    /** The user uploads everything again if the library file of a later epoch does not come. */
    void react(SimulatedMachine machine, SyncReport report) {
        if (report.quarantined().stream().anyMatch(file -> file.reason() == Problem.FILE_LATER_EPOCH)) {
            choices.put(machine, RemoteSession::startNewEpoch);
            life.happened("later epoch reported");
        }
    }

    private void decide(SimulatedMachine machine) {
        BiFunction<RemoteSession, SyncOptions, SyncReport> choice = choices.remove(machine);
        if (choice != null) {
            life.attempt(machine, library -> choice.apply(library, SyncOptions.DEFAULT));
        }
    }

    /** A row is gone for good, with its attachment. */
    void purge(SimulatedMachine machine) {
        if (!life.rows().isEmpty()) {
            SqliteDatabase database = machine.database();
            Set<BlobId> before = new TreeSet<>(database.referredBlobs());
            UUID row = life.rows().get(life.random.nextInt(life.rows().size()));
            Replicas.run(database, "DELETE FROM note WHERE id = ?", row);
            before.removeAll(database.referredBlobs());
            database.discardBlobs(before);
            life.happened("purged");
        }
    }

    void truncateLog(SimulatedMachine machine) {
        Maintenance maintenance = machine.database().maintenance();
        if (maintenance.truncateLog(maintenance.safeWatermark()) > 0) {
            life.happened("log truncated");
        }
    }

    /** Everybody syncs over a good line for some days, and again after more than a month, and after another. */
    void settle() {
        if (life.passphrase != null) {
            life.happened("encrypted");
        }
        for (int day = 0; day < 12; day++) {
            life.storages.carryAll(life.machines);
            life.machines.forEach(life::sync);
            life.machines.forEach(this::decide);
            // Not before: a machine that has forgotten its keys may have to be told a new passphrase first.
            retireUnused();
            life.machines.forEach(this::tidy);
            life.now = life.now.plus(day % 5 == 4 ? DAY.multipliedBy(35) : DAY);
        }
    }

    /** What has to be left, and no more, once nobody has done anything for a month. */
    void check() {
        for (SimulatedFolder folder : life.storages.inUse(life.machines)) {
            check(folder);
        }
        Set<BlobId> referred = referred();
        for (SimulatedMachine machine : life.machines) {
            SqliteDatabase database = machine.database();
            assertThat(database.maintenance()
                            .run(SimulatedLife.TIDYING, () -> false)
                            .tombstonesCollected())
                    .isZero();
            assertThat(database.maintenance().safeWatermark())
                    .as("what everybody has acknowledged, as %s knows", machine)
                    .isEqualTo(database.changelog().vector());
            for (BlobId id : referred) {
                life.library(machine).downloadBlob(id, bytes -> {});
                expectContent(machine, id);
            }
            if (!database.changelog().floor().isEmpty()) {
                life.happened("began with a snapshot");
            }
        }
    }

    private void check(SimulatedFolder folder) {
        Map<String, Integer> logs = new TreeMap<>();
        int blobs = 0;
        for (String name : folder.names()) {
            blobs += name.startsWith(BLOBS) ? 1 : 0;
            // What a folder tool has left of two versions is nobody's file.
            if (name.startsWith(LOG) && !name.contains("-copy")) {
                logs.merge(name.substring(0, LOG.length() + 16), 1, Integer::sum);
            }
        }
        if (logs.values().stream().mapToInt(Integer::intValue).sum() < folder.segmentsEver()) {
            life.happened("files removed");
        }
        if (folder.snapshotsEver() > 0) {
            life.happened("snapshot made");
        }
        if (blobs < attached.size()) {
            life.happened("attachment gone");
        }
        // A carrier that brings back what was removed leaves more.
        if (life.storages.carriesDeletes()) {
            assertThat(logs.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(FILES));
            int referred = life.machines.getFirst().database().referredBlobs().size();
            assertThat(blobs)
                    .as("attachments in the storage")
                    .isBetween(referred().size(), referred);
        }
    }

    /** The files that rows refer to and that are not lost. */
    private Set<BlobId> referred() {
        Set<BlobId> referred = new TreeSet<>(life.machines.getFirst().database().referredBlobs());
        referred.removeAll(lostFiles);
        return referred;
    }
}
