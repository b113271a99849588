package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device is restored from a backup while the library moves to another storage, in which no file shows what the device
 * had uploaded since (docs/correctness.md#r6, decision 67).
 */
class NewStorageAfterRestoreTest extends CarriedFoldersFixture {
    @BeforeEach
    void begin() {
        add("ann", "base");
        sync("ann");
        settle("ann", "bob");
        takeImage("ann", "backup");
        add("ann", "OLD");
        settle("ann", "bob");
        restoreProfile("ann", "backup");
        add("ann", "NEW");
    }

    private void syncOther(String name) {
        clock.pass(Duration.ofSeconds(1));
        library(name, "other").sync();
    }

    private void carryOther(String... names) {
        carryFolders(Stream.of(names).map(name -> folder(name, "other")).toList());
    }

    private void settleOther(String... names) {
        for (int round = 0; round < 4; round++) {
            for (String name : names) {
                carryOther(names);
                syncOther(name);
            }
        }
        assertSame(names);
        for (String name : names) {
            assertThat(titles(name)).as(name).containsExactly("NEW", "OLD", "base");
            assertThat(library(name, "other").sync().isComplete()).isTrue();
        }
    }

    @Proof
    @ParameterizedTest
    @ValueSource(strings = {"ann", "bob"})
    void whoeverSyncsFirstWithTheEmptyStorageNothingIsLost(String first) {
        syncOther(first);
        settleOther("ann", "bob");
    }

    /** Each has uploaded before the carrier has run for the first time. */
    @Proof
    @Test
    void whenBothUploadBeforeTheySeeEachOtherNothingIsLost() {
        syncOther("ann");
        carryOther("ann", "bob");
        add("ann", "NEW2");
        syncOther("ann");
        syncOther("bob");
        for (int round = 0; round < 4; round++) {
            carryOther("ann", "bob");
            syncOther("ann");
            syncOther("bob");
        }
        assertSame("ann", "bob");
        assertThat(titles("bob")).containsExactly("NEW", "NEW2", "OLD", "base");
    }

    /** The product's own recovery: restore, publish everything again, connect. */
    @Test
    void publishingAndConnectingLosesNothing() {
        Path shared = folder("ann", "other");
        RemoteLibrary.open(device("ann"), FolderStorage.open(shared), "", clockOf("ann"))
                .startNewEpoch(SyncOptions.DEFAULT);
        RemoteLibrary.open(device("bob"), FolderStorage.open(shared), "", clockOf("bob"))
                .connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        for (int round = 0; round < 4; round++) {
            for (String name : List.of("ann", "bob")) {
                clock.pass(Duration.ofSeconds(1));
                RemoteLibrary.open(device(name), FolderStorage.open(shared), "", clockOf(name))
                        .sync();
            }
        }
        assertSame("ann", "bob");
        assertThat(titles("bob")).containsExactly("NEW", "OLD", "base");
    }
}
