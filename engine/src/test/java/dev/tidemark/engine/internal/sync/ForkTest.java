package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.BatchLimit;
import dev.tidemark.engine.changelog.BatchReader;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.RemoteLibrary;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rule R6: restored backups and copied databases go on under a fresh id, and nothing that anybody wrote is lost. */
class ForkTest extends RemoteLibraryFixture {
    private static List<String> titles(Database database) {
        return database.list(Query.of("SELECT title FROM todo ORDER BY title")).stream()
                .map(row -> row.text("title"))
                .toList();
    }

    private static void title(Database database, UUID row, String title) {
        database.write(tx -> tx.execute("UPDATE todo SET title = ? WHERE id = ?", title, row));
    }

    private static List<Change> changes(Database database) {
        List<Change> changes = new ArrayList<>();
        try (BatchReader reader = database.changelog().read(VersionVector.EMPTY, BatchLimit.DEFAULT)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                changes.addAll(batch.changes());
            }
        }
        return changes;
    }

    /** Closes the device, copies its file, and opens it again. */
    private Database copied(Database device, String name, String copy) throws Exception {
        device.close();
        Files.copy(folder.resolve(name + ".db"), folder.resolve(copy + ".db"));
        return device(name);
    }

    /** Puts a copy in the place of a device that has gone on. */
    private Database restored(Database device, String name, String copy) throws Exception {
        device.close();
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve(name + ".db" + end));
        }
        Files.copy(folder.resolve(copy + ".db"), folder.resolve(name + ".db"));
        return device(name);
    }

    private void syncAll(Database... devices) {
        for (int round = 0; round < 3; round++) {
            for (Database device : devices) {
                sync(device);
            }
        }
        for (Database device : devices) {
            SyncReport last = sync(device);
            assertThat(last.isComplete()).isTrue();
            assertThat(last.pushed() + last.pulled()).isZero();
            assertThat(last.requests()).isEqualTo(1);
        }
        assertEqual(devices);
        Map<ReplicaId, List<Change>> first = byReplica(devices[0]);
        for (Database device : devices) {
            assertThat(device.changelog().vector())
                    .isEqualTo(devices[0].changelog().vector());
            assertThat(device.conflicts()).isEqualTo(devices[0].conflicts());
            assertThat(device.hiddenRows()).isEqualTo(devices[0].hiddenRows());
            Map<ReplicaId, List<Change>> theirs = byReplica(device);
            assertThat(theirs.keySet()).isEqualTo(first.keySet());
            // No dot has two contents.
            first.forEach((replica, changes) -> {
                List<Change> same = theirs.get(replica);
                assertThat(same).hasSameSizeAs(changes);
                for (int index = 0; index < changes.size(); index++) {
                    assertThat(OwnFiles.isSame(changes.get(index), same.get(index)))
                            .as(changes.get(index) + " and " + same.get(index))
                            .isTrue();
                }
            });
        }
    }

    private static Map<ReplicaId, List<Change>> byReplica(Database device) {
        return changes(device).stream()
                .collect(Collectors.groupingBy(change -> change.dot().replica()));
    }

    @Test
    void aRestoredBackupTakesBackWhatItHadPublishedSinceAndKeepsWhatWasEditedAfterIt() throws Exception {
        Database bob = device("bob");
        Database ann = device("ann");
        UUID row = add(ann, "before the backup");
        sync(ann);
        ann = copied(ann, "ann", "backup");
        add(ann, "after the backup");
        title(ann, row, "changed after the backup");
        sync(ann);
        sync(bob);
        ReplicaId before = ann.replica();
        ann = restored(ann, "ann", "backup");
        add(ann, "after restoring");
        title(ann, row, "changed after restoring");
        String mine = ann.dump();
        syncAll(ann, bob);
        assertThat(ann.replica()).isNotEqualTo(before);
        assertThat(titles(ann)).containsExactly("after restoring", "after the backup", "changed after restoring");
        assertThat(mine).contains("after restoring");
        // Neither had seen the other.
        assertThat(ann.conflicts()).extracting(Conflict::row).containsExactly(row);
        assertThat(byReplica(ann).get(ann.replica())).hasSize(2);
        assertThat(byReplica(ann).get(before)).hasSize(3);
        // And what is written now is ordinary work.
        title(ann, row, "settled");
        add(bob, "of Bob");
        syncAll(ann, bob);
        assertThat(ann.conflicts()).isEmpty();
    }

    @Test
    void aRestoredBackupWithoutAnyEditOnlyTakesBackWhatItHadPublished() throws Exception {
        Database ann = device("ann");
        add(ann, "before the backup");
        sync(ann);
        ann = copied(ann, "ann", "backup");
        add(ann, "after the backup");
        sync(ann);
        ann = restored(ann, "ann", "backup");
        SyncReport report = sync(ann);
        assertThat(report.pulled()).isEqualTo(1);
        assertThat(report.pushed()).isZero();
        assertThat(titles(ann)).containsExactly("after the backup", "before the backup");
        add(ann, "and on");
        Database bob = device("bob");
        syncAll(ann, bob);
    }

    @Test
    void aCopyThatRunsOnAnotherMachineKeepsItsEditsAndNothingIsDoubled() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        UUID row = add(ann, "shared");
        sync(ann);
        add(ann, "not published when it was copied");
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        add(ann, "by Ann");
        add(twin, "by the twin");
        twin.write(tx -> tx.execute("UPDATE todo SET note = 'by the twin' WHERE id = ?", row));
        sync(ann);
        sync(bob);
        sync(twin);
        syncAll(ann, bob, twin);
        assertThat(titles(bob)).containsExactly("by Ann", "by the twin", "not published when it was copied", "shared");
        assertThat(ann.conflicts()).isEmpty();
        assertThat(ann.replica()).isNotEqualTo(twin.replica());
        assertThat(changes(bob)).hasSize(5);
    }

    @Test
    void aCopyMadeBeforeTheFirstSyncIsNoticedWhoeverSyncsFirst() throws Exception {
        Database ann = device("ann");
        UUID row = add(ann, "before anything");
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        title(twin, row, "by the twin");
        add(ann, "by Ann");
        sync(twin);
        sync(ann);
        syncAll(ann, twin);
        assertThat(titles(ann)).containsExactly("by Ann", "by the twin");
        assertThat(ann.conflicts()).isEmpty();
        assertThat(changes(ann)).hasSize(3);
    }

    @Test
    void twinsThatBothPublishedBeforeEitherSawTheOtherLoseNothing() throws Exception {
        RemoteStorage here = new MemoryStorage();
        RemoteStorage there = new MemoryStorage();
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        UUID row = add(ann, "shared");
        RemoteLibrary.open(ann, here).sync();
        carry(here, there);
        ann = copied(ann, "ann", "twin");
        Database twin = device("twin");
        title(ann, row, "by Ann");
        add(ann, "one of Ann");
        title(twin, row, "by the twin");
        add(twin, "one of the twin");
        add(twin, "another of the twin");
        RemoteLibrary.open(ann, here).sync();
        RemoteLibrary.open(bob, here).sync();
        RemoteLibrary.open(twin, there).sync();
        RemoteLibrary.open(cid, there).sync();
        add(bob, "of Bob");
        add(cid, "of Cid");
        for (int round = 0; round < 4; round++) {
            carry(here, there);
            for (Database device : List.of(ann, bob)) {
                RemoteLibrary.open(device, here).sync();
            }
            for (Database device : List.of(twin, cid)) {
                RemoteLibrary.open(device, there).sync();
            }
        }
        for (Database device : List.of(ann, bob, twin, cid)) {
            assertThat(titles(device))
                    .containsExactly(
                            "another of the twin", "by the twin", "of Bob", "of Cid", "one of Ann", "one of the twin");
            // Both know that they disagreed.
            assertThat(device.conflicts()).extracting(Conflict::row).contains(row);
        }
    }

    @Test
    void threeTwinsBecomeThreeDevices() throws Exception {
        Database ann = device("ann");
        UUID row = add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "second");
        Files.copy(folder.resolve("second.db"), folder.resolve("third.db"));
        Database second = device("second");
        Database third = device("third");
        title(ann, row, "by Ann");
        title(second, row, "by the second");
        title(third, row, "by the third");
        add(third, "of the third");
        sync(ann);
        sync(third);
        sync(second);
        Database bob = device("bob");
        syncAll(ann, second, third, bob);
        assertThat(titles(bob)).containsExactly("by the third", "of the third");
        assertThat(bob.conflicts()).hasSize(2);
        assertThat(List.of(ann.replica(), second.replica(), third.replica())).doesNotHaveDuplicates();
    }

    @Test
    void aCopyOfACopyTakesAnIdOfItsOwn() throws Exception {
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        Database twin = device("twin");
        add(twin, "by the twin");
        sync(twin);
        twin = copied(twin, "twin", "third");
        add(twin, "once more by the twin");
        sync(twin);
        Database third = device("third");
        add(third, "by the third");
        syncAll(ann, twin, third);
        assertThat(titles(ann))
                .containsExactly("by Ann", "by the third", "by the twin", "once more by the twin", "shared");
    }

    @Test
    void whatTheCopyHadSeenAndNotSeenStaysTrue() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        UUID seen = add(ann, "one");
        UUID unseen = add(ann, "two");
        sync(ann);
        sync(bob);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        Database twin = device("twin");
        // It edits, and edits again: one that sees its own earlier edit must not conflict with it later.
        title(twin, seen, "one by the twin");
        title(twin, seen, "one once more by the twin");
        title(twin, unseen, "two by the twin");
        title(bob, unseen, "two by Bob");
        sync(bob);
        syncAll(ann, bob, twin);
        assertThat(ann.conflicts()).extracting(Conflict::row).containsExactly(unseen);
        title(ann, unseen, "two for all");
        syncAll(ann, bob, twin);
        assertThat(ann.conflicts()).isEmpty();
    }

    @Test
    void longTextsAreSquashedNoFurtherThanTheForkAllows() throws Exception {
        Database ann = device("ann");
        UUID row = add(ann, "note");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        Database twin = device("twin");
        for (int version = 0; version < 5; version++) {
            String text = "A long text, version " + version + ". ".repeat(300);
            twin.write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", text, row));
            if (version == 2) {
                sync(twin);
            }
        }
        syncAll(ann, twin);
        assertThat(byReplica(ann).get(twin.replica())).hasSize(5);
        assertThat(ann.list(Query.of("SELECT note FROM todo WHERE id = ?", row))
                        .getFirst()
                        .text("note"))
                .startsWith("A long text, version 4");
        assertThat(ann.conflicts()).isEmpty();
    }

    @Test
    void aForkNoticedInASyncThatIsKilledIsNoticedOnceOnly() throws Exception {
        FailingStorage line = new FailingStorage(storage);
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        for (int requests = 0; requests < 6; requests++) {
            Path file = folder.resolve("twin" + requests + ".db");
            Files.copy(folder.resolve("twin.db"), file);
            Database twin = device("twin" + requests);
            add(twin, "by twin " + requests);
            // The line breaks after so many puts; the process ends there, and is started again.
            line.failPutsAfter(requests);
            try {
                RemoteLibrary.open(twin, line).sync();
            } catch (dev.tidemark.engine.TidemarkException e) {
                assertThat(e).hasMessageContaining("network is down");
            }
            ReplicaId taken = twin.replica();
            twin.close();
            line.failPutsAfter(Integer.MAX_VALUE);
            twin = device("twin" + requests);
            syncAll(ann, twin);
            assertThat(twin.replica()).isEqualTo(taken).isNotEqualTo(ann.replica());
            assertThat(byReplica(ann).get(taken)).hasSize(1);
        }
    }

    @Test
    void aForkReachesEveryRemoteOfTheLibrary() throws Exception {
        RemoteStorage other = FolderStorage.open(Files.createDirectory(folder.resolve("other")));
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        Database twin = device("twin");
        add(twin, "by the twin");
        sync(twin);
        syncAll(ann, twin);
        Database bob = device("bob");
        RemoteLibrary.open(twin, other).sync();
        RemoteLibrary.open(bob, other).sync();
        assertThat(bob.dump()).isEqualTo(ann.dump());
        assertThat(RemoteLibrary.open(ann, other).sync().pushed()).isZero();
    }

    @Test
    void followersOfTheChangelogHearWhatComesUnderTheIdThatWasGivenUp() throws Exception {
        Database ann = device("ann");
        add(ann, "shared");
        sync(ann);
        ann = copied(ann, "ann", "twin");
        add(ann, "by Ann");
        sync(ann);
        Database twin = device("twin");
        add(twin, "by the twin");
        List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (var following = twin.changelog()
                .follow(
                        VersionVector.EMPTY,
                        Runnable::run,
                        batch -> batch.changes()
                                .forEach(change ->
                                        heard.add(String.valueOf(change.values().get("title")))),
                        failure -> heard.add(failure.toString()))) {
            org.assertj.core.api.Assertions.assertThat(following).isNotNull();
            await(heard, "by the twin");
            sync(twin);
            await(heard, "by Ann");
        }
        assertThat(heard)
                .allMatch(title -> List.of("shared", "by Ann", "by the twin").contains(title));
    }

    private static void await(List<String> heard, String title) throws InterruptedException {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!heard.contains(title)) {
            assertThat(System.nanoTime()).as(heard.toString()).isLessThan(deadline);
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }
}
