package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.SyncException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * A user uploads everything again, and the sync client delivers other files of the new epoch before its library file.
 */
class LaterEpochTest extends CarriedFoldersFixture {
    private static final Predicate<String> NOT_ITS_LIBRARY_FILE = name -> !name.startsWith("v1/library/");

    /** Ann uploads everything again and writes more; Bob's folder lacks some of her files. */
    private void annUploadsAgain(Predicate<String> arrives) {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        add("ann", "more");
        sync("ann");
        copyMissing(folder("ann"), folder("bob"), arrives);
    }

    @Test
    void aSlowSyncClientIsNoProblem() {
        annUploadsAgain(NOT_ITS_LIBRARY_FILE);
        SyncReport early = syncOnce("bob");
        assertThat(early.isComplete()).isFalse();
        assertThat(early.blocked()).isEqualTo(1);
        assertThat(early.firstMissing()).isEmpty();
        assertThat(early.quarantined()).isEmpty();
        clock.pass(Duration.ofHours(23));
        assertThat(syncOnce("bob").quarantined()).isEmpty();
        carry("ann", "bob");
        assertThatThrownBy(() -> syncOnce("bob"))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SYNC_PUBLISHED_ANEW));
        library("bob").connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        settle("ann", "bob");
        assertThat(titles("bob")).containsExactly("base", "more");
    }

    @Test
    void ifTheOtherDeviceIsLostTheUserUploadsEverythingAgain() {
        annUploadsAgain(NOT_ITS_LIBRARY_FILE);
        syncOnce("bob");
        daysPass(1);
        assertThat(syncOnce("bob").quarantined())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.reason()).isEqualTo(Problem.FILE_LATER_EPOCH));
        ReplicaId ann = id("ann");
        assertThatThrownBy(() -> library("bob").retire(ann, SyncOptions.DEFAULT))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.problem()).isEqualTo(Problem.SYNC_RETIRES_UNREAD));
        assertThat(library("bob").startNewEpoch(SyncOptions.DEFAULT).isComplete())
                .isTrue();
        assertThat(syncOnce("bob").quarantined()).isEmpty();
        assertThat(titles("bob")).containsExactly("base", "more");
        library("bob").retire(ann, SyncOptions.DEFAULT);
        settle("bob", "cid");
        assertThat(titles("cid")).containsExactly("base", "more");
    }

    /**
     * The storage is wiped, so only the snapshot holds Ann's earlier changes: they are not lost, and she is not to be
     * retired.
     */
    @Test
    void changesOfItsSnapshotAreNotReportedAsMissing() {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
        add("ann", "between");
        deleteFiles(folder("ann"), name -> true);
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        add("ann", "more");
        sync("ann");
        copyMissing(folder("ann"), folder("bob"), NOT_ITS_LIBRARY_FILE);
        SyncReport early = syncOnce("bob");
        assertThat(early.blocked()).isEqualTo(2);
        assertThat(early.firstMissing()).isEmpty();
        assertThat(early.quarantined()).isEmpty();
        daysPass(1);
        assertThat(syncOnce("bob").quarantined())
                .extracting(SyncReport.QuarantinedFile::name)
                .anyMatch(name -> name.startsWith("v1/snapshots/"))
                .anyMatch(name -> name.startsWith("v1/log/"));
        library("bob").startNewEpoch(SyncOptions.DEFAULT);
        assertThat(titles("bob")).containsExactly("base", "between", "more");
    }

    @Test
    void aSnapshotAloneIsReported() {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
        add("ann", "between");
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        copyMissing(
                folder("ann"), folder("bob"), name -> name.startsWith("v1/base/") || name.startsWith("v1/snapshots/"));
        assertThat(syncOnce("bob").blocked()).isEqualTo(1);
        daysPass(1);
        assertThat(syncOnce("bob").quarantined()).hasSize(1);
        library("bob").startNewEpoch(SyncOptions.DEFAULT);
        assertThat(titles("bob")).containsExactly("base", "between");
    }

    @Test
    void filesWithoutNewChangesAreNotReported() {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        copyMissing(folder("ann"), folder("bob"), NOT_ITS_LIBRARY_FILE);
        assertThat(syncOnce("bob").isComplete()).isTrue();
        daysPass(1);
        SyncReport later = syncOnce("bob");
        assertThat(later.isComplete()).isTrue();
        assertThat(later.quarantined()).isEmpty();
    }

    /**
     * A device whose profile was put back finds changes under its own id that it does not know, although their epoch is
     * later.
     */
    @Test
    void aRestoredDeviceTakesANewId() {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
        takeImage("ann", "backup");
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        add("ann", "more");
        sync("ann");
        restoreProfile("ann", "backup");
        // A device record would show the fork as well.
        deleteFiles(folder("ann"), name -> !name.startsWith("v1/log/"));
        copyMissing(folder("bob"), folder("ann"), name -> true);
        ReplicaId before = id("ann");
        add("ann", "other");
        sync("ann");
        assertThat(id("ann")).isNotEqualTo(before);
        library("ann").startNewEpoch(SyncOptions.DEFAULT);
        carry("ann", "bob");
        library("bob").connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        settle("ann", "bob");
        assertThat(titles("bob")).containsExactly("base", "more", "other");
    }

    private static void deleteFiles(Path folder, Predicate<String> which) {
        names(folder).stream().filter(which).forEach(name -> inside(() -> Files.deleteIfExists(folder.resolve(name))));
    }
}
