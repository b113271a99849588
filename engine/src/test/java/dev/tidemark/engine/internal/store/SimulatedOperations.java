package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.blob.BlobId;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.internal.segment.DamagedFileException;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.internal.sync.SimulatedSession;
import dev.tidemark.engine.problem.BlobException;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Operations of a simulated life other than edits and faults: passing days, bulk edits, devices, keys, attachments. */
final class SimulatedOperations {
    /** As many files of one log are left alone (docs/correctness.md#r17). */
    private static final int FILES = 32;

    private static final Duration DAY = Duration.ofDays(1).plusMinutes(5);

    private static final Set<Problem> WRONG = Set.of(Problem.SYNC_WRONG_PASSPHRASE, Problem.SYNC_PASSPHRASE_CHANGED);

    private final SimulatedLife life;
    private final Map<BlobId, byte[]> attached = new HashMap<>();
    private final Set<ReplicaId> lost = new HashSet<>();
    private final Set<ReplicaId> lostClones = new HashSet<>();
    /** All that there ever were or should have been, the latest last. */
    private final List<String> passphrases = new ArrayList<>(List.of("passphrase"));

    SimulatedOperations(SimulatedLife life) {
        this.life = life;
    }

    /** On each of them, most devices sync and tidy up. */
    void daysPass(int days) {
        for (int day = 0; day < days; day++) {
            life.now = life.now.plus(DAY);
            for (SimulatedMachine machine : List.copyOf(life.machines)) {
                if (life.random.nextInt(8) > 0) {
                    life.syncOverABadLine(machine);
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
        machine.remember();
        life.syncOverABadLine(machine);
    }

    /** Until the files of its log are too many. */
    void syncOften(SimulatedMachine machine) {
        for (int time = 0; time < FILES; time++) {
            machine.device.act();
            life.storage.heal();
            life.sync(machine);
        }
        machine.remember();
    }

    /** It may find out later, and goes on under a fresh id. */
    void retire(SimulatedMachine by, SimulatedMachine other) {
        if (!life.isClone(by) && !life.isClone(other)) {
            life.storage.worsen();
            if (retire(by, other.database().replica())) {
                life.happened("device retired that is used");
            }
            life.storage.heal();
        }
    }

    boolean retire(SimulatedMachine by, ReplicaId other) {
        if (by.database().replica().equals(other)) {
            return false;
        }
        try {
            life.library(by).retire(other, SyncOptions.DEFAULT);
            lost.remove(other);
            return true;
        } catch (StorageException | SyncException | Snapshot.UnusableException | DamagedFileException expected) {
            assertThat(expected.getMessage()).isNotBlank();
            return false;
        }
    }

    /** A person will say so, if nobody goes by that id. */
    void gone(ReplicaId replica) {
        if (life.machines.stream().noneMatch(each -> each.database().replica().equals(replica))) {
            lost.add(replica);
        }
    }

    private static List<ReplicaId> formerIds(SimulatedMachine machine) {
        return machine.database()
                .query(statements -> statements.list(
                        "SELECT replica FROM tm_remote_retired WHERE former > 0",
                        row -> new ReplicaId(row.getLong(1))));
    }

    /** With all that it had not published, and with what it had published of half a file. */
    void lose(SimulatedMachine machine) {
        ReplicaId id = machine.database().replica();
        // What a twin has published and the other has not seen yet is re-issued by others only once its id is retired.
        if (life.machines.size() > 2 && !machine.isBehindItself && !lostClones.contains(id)) {
            if (life.isClone(machine)) {
                lostClones.add(id);
                life.happened("a twin of two lost");
            }
            life.machines.remove(machine);
            // It may not have said yet that it had given an id up.
            formerIds(machine).forEach(this::gone);
            gone(id);
            machine.database().close();
            life.happened("device lost");
        }
    }

    void attach(SimulatedMachine machine) {
        byte[] content = new byte[1 + life.random.nextInt(3000)];
        life.random.nextBytes(content);
        BlobId id = machine.database().blobs().add(new ByteArrayInputStream(content));
        attached.put(id, content);
        if (life.rows.isEmpty()) {
            return;
        }
        UUID row = life.rows.get(life.random.nextInt(life.rows.size()));
        Replicas.run(machine.database(), "INSERT OR REPLACE INTO note VALUES (?, ?)", row, id.bytes());
        machine.remember();
    }

    /** Opens one of those that rows refer to. */
    void fetch(SimulatedMachine machine) {
        List<BlobId> referred = new ArrayList<>(new TreeSet<>(machine.database().referredBlobs()));
        if (referred.isEmpty()) {
            return;
        }
        BlobId id = referred.get(life.random.nextInt(referred.size()));
        life.storage.worsen();
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
            life.storage.heal();
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
            life.storage.worsen();
        }
        try {
            SimulatedSession.keys(life.storage).changePassphrase(secrets.keys(), another.toCharArray());
            life.passphrase = another;
            life.happened("passphrase changed");
        } catch (StorageException | SyncException | DamagedFileException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        } finally {
            life.storage.heal();
        }
        if (life.random.nextInt(4) > 0) {
            secrets.forgetKeys();
            life.happened("keys forgotten");
        }
    }

    /**
     * The person has heard of another passphrase; or tries one of before, which holds again where somebody whose listing was
     * behind has founded the library once more, or where a change was said to have failed.
     */
    void typeAnother(SimulatedMachine machine, Problem problem) {
        if (machine.secrets instanceof SimulatedSecrets secrets && WRONG.contains(problem)) {
            int typed = passphrases.indexOf(secrets.typed());
            secrets.type(passphrases.get(typed > 0 ? typed - 1 : passphrases.size() - 1));
        }
    }

    /** Everybody syncs over a good line for some days, and again after more than a month, and after another. */
    void settle() {
        if (life.passphrase != null) {
            life.happened("encrypted");
        }
        for (int day = 0; day < 12; day++) {
            life.machines.forEach(life::sync);
            // Not before: a machine that has forgotten its keys may have to be told a new passphrase first.
            List.copyOf(lost).forEach(gone -> retire(life.machines.getFirst(), gone));
            life.machines.forEach(this::tidy);
            life.now = life.now.plus(day % 5 == 4 ? DAY.multipliedBy(35) : DAY);
        }
    }

    /** What has to be left, and no more, once nobody has done anything for a month. */
    void check() {
        Set<String> there = new HashSet<>();
        Map<String, Integer> files = new HashMap<>();
        int segments = 0;
        for (StoredObject object : life.storage.list("", null)) {
            if (object.name().startsWith("v1/blobs/")) {
                there.add(object.name());
            }
            // What a folder tool has left of two versions is nobody's file.
            if (object.name().startsWith(SegmentName.FOLDER) && !object.name().contains("-copy")) {
                files.merge(object.name().substring(0, SegmentName.FOLDER.length() + 16), 1, Integer::sum);
                segments++;
            }
        }
        if (segments < life.archive.files()) {
            life.happened("files removed");
        }
        assertThat(files.values()).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(FILES));
        Set<BlobId> referred = life.machines.getFirst().database().referredBlobs();
        if (there.size() < attached.size()) {
            life.happened("attachment gone");
        }
        for (SimulatedMachine machine : life.machines) {
            SqliteDatabase database = machine.database();
            assertThat(database.maintenance()
                            .run(SimulatedLife.TIDYING, () -> false)
                            .tombstonesCollected())
                    .isZero();
            assertThat(database.maintenance().safeWatermark())
                    .as("what everybody has acknowledged, as %s knows", machine.name)
                    .isEqualTo(database.changelog().vector());
            for (BlobId id : referred) {
                life.library(machine).downloadBlob(id, bytes -> {});
                expectContent(machine, id);
            }
            if (!database.changelog().floor().isEmpty()) {
                life.happened("began with a snapshot");
            }
        }
        assertThat(there).hasSameSizeAs(referred);
    }
}
