package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/correctness.md#r6: a restored backup or a copy switches to a new replica id, and no edit is lost. */
class ForkTest extends ForkFixture {
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
    void whatARestoredBackupEditsAfterItsSyncIsNoConflictWithItsOwnEarlierText() throws Exception {
        Database ann = device("ann");
        UUID row = add(ann, "before the backup");
        sync(ann);
        ann = copied(ann, "ann", "backup");
        title(ann, row, "after the backup");
        sync(ann);
        ann = restored(ann, "ann", "backup");
        sync(ann);
        VersionVector shown = ann.changelog().vector();
        assertThat(titles(ann)).containsExactly("after the backup");
        saveForm(ann, shown, row, "edited");
        assertThat(ann.conflicts()).isEmpty();
        Database bob = device("bob");
        syncAll(ann, bob);
        assertThat(bob.conflicts()).isEmpty();
        assertThat(titles(bob)).containsExactly("edited");
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

    private static void saveForm(Database database, VersionVector opened, UUID row, String title) {
        database.writeBasedOn(opened, tx -> tx.execute("UPDATE todo SET title = ? WHERE id = ?", title, row));
    }

    @Test
    void anOpenFormDoesNotResolveAnUnseenEditAfterAnotherProcessRotatesTheId() throws Exception {
        Database window = device("ann");
        UUID row = add(window, "one");
        UUID own = add(window, "two");
        sync(window);
        window = copied(window, "ann", "twin");
        Database twin = device("twin");
        title(twin, row, "by the twin");
        sync(twin);
        title(window, own, "two once more");
        VersionVector opened = window.changelog().vector();
        Database command = device("ann");
        sync(command);
        assertThat(window.replica()).isNotEqualTo(twin.replica());
        saveForm(window, opened, row, "from the form");
        // What the form did see is the fresh id's now.
        saveForm(window, opened, own, "two from the form");
        assertThat(window.conflicts()).extracting(Conflict::row).containsExactly(row);
        window.close();
        window = device("ann");
        saveForm(window, opened, row, "from the form, after a restart");
        assertThat(window.conflicts()).extracting(Conflict::row).containsExactly(row);
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

    @Proof
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
            } catch (dev.tidemark.engine.problem.TidemarkException e) {
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
    void changelogFollowersReceiveChangesUnderTheFormerId() throws Exception {
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
