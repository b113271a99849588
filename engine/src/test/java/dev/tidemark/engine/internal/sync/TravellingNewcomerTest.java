package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A device that the others do not know edits a row that they delete and garbage-collect. The edit wins, and the row is
 * complete again (docs/correctness.md#r3, decision 68).
 */
class TravellingNewcomerTest extends CarriedFoldersFixture {
    private static final UUID ROW = new UUID(7, 7);

    @BeforeEach
    void begin() {
        write("ann", "INSERT INTO todo(id, title, note) VALUES (?, 'first', 'as it was')", ROW);
        sync("ann");
        settle("ann", "bob");
    }

    private void annDeletesTheRowAndBothForgetIt(String... names) {
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        for (int day = 0; day < 4; day++) {
            carry(names);
            sync(names);
            daysPass(1);
        }
        carry(names);
        sync(names);
        collectGarbage("ann", "bob");
        assertThat(isTracked("ann", ROW)).isFalse();
        assertThat(isTracked("bob", ROW)).isFalse();
    }

    private void assertAllShow(String title, String... names) {
        for (String name : names) {
            assertThat(row(name, ROW)).as(name).singleElement().satisfies(row -> {
                assertThat(row.text("title")).isEqualTo(title);
                assertThat(row.text("note")).isEqualTo("as it was");
            });
            assertThat(incomplete(name)).as(name).isZero();
            assertThat(conflicts(name)).as(name).isEmpty();
        }
    }

    @Test
    void aNewcomersEditOfARowThatOthersForgotBringsItBackWhole() {
        copyMissing(folder("ann"), folder("new"), name -> true);
        sync("new");
        write("new", "UPDATE todo SET title = 'by the newcomer' WHERE id = ?", ROW);
        sync("new");
        annDeletesTheRowAndBothForgetIt("ann", "bob");
        settle("ann", "bob", "new");
        assertAllShow("by the newcomer", "ann", "bob", "new");
    }

    /** Its files go ahead, so the others have the edit before it hears of the delete. */
    @Proof
    @Test
    void theSameIfItHearsOfTheDeleteLater() {
        copyMissing(folder("ann"), folder("new"), name -> true);
        sync("new");
        write("new", "UPDATE todo SET title = 'by the newcomer' WHERE id = ?", ROW);
        sync("new");
        annDeletesTheRowAndBothForgetIt("ann", "bob");
        copyMissing(folder("new"), folder("ann"), name -> true);
        sync("ann");
        carry("ann", "bob");
        sync("bob", "ann");
        settle("ann", "bob", "new", "cid");
        assertAllShow("by the newcomer", "ann", "bob", "new", "cid");
    }

    /** A restored backup goes on under an id of which nobody has heard. */
    @Proof
    @Test
    void aFreshIdsEditWhileItTravelsBringsTheRowBackWhole() {
        settle("ann", "bob", "cid");
        ReplicaId former = id("cid");
        takeImage("cid", "backup");
        write("cid", "INSERT INTO todo(id, title) VALUES (?, 'more')", new UUID(8, 8));
        settle("ann", "bob", "cid");
        restoreProfile("cid", "backup");
        sync("cid");
        write("cid", "UPDATE todo SET title = 'by the fresh id' WHERE id = ?", ROW);
        sync("cid");
        assertThat(id("cid")).isNotEqualTo(former);
        library("ann").retire(former, SyncOptions.DEFAULT);
        annDeletesTheRowAndBothForgetIt("ann", "bob");
        settle("ann", "bob", "cid");
        assertAllShow("by the fresh id", "ann", "bob", "cid");
    }

    /** Devices that know each other settle an edit against a delete as ever: a user decides. */
    @Proof
    @Test
    void aDeleteThatWaitedForTheDeviceIsAConflict() {
        settle("ann", "bob", "new");
        write("new", "UPDATE todo SET title = 'by the newcomer' WHERE id = ?", ROW);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        for (int day = 0; day < 4; day++) {
            settle("ann", "bob", "new");
            collectGarbage("ann", "bob", "new");
            daysPass(1);
        }
        for (String name : List.of("ann", "bob", "new")) {
            assertThat(conflicts(name)).as(name).hasSize(1);
        }
    }

    /** A forged or damaged record would settle each conflict of an edit with a delete. */
    @Proof
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 1L << 58})
    void aCollectedDeleteFromTheEndOfTimeIsNotBelieved(long time) {
        settle("ann", "bob", "new");
        ReplicaId invented = new ReplicaId(99);
        byte[] content = new DeviceRecord(
                        invented,
                        device("ann").library(),
                        1,
                        List.of(),
                        "",
                        "",
                        "",
                        VersionVector.EMPTY,
                        Map.of(),
                        VersionVector.EMPTY,
                        VersionVector.of(Map.of(id("new"), time)),
                        List.of(),
                        "",
                        clock.instant())
                .toBytes();
        FolderStorage.open(folder("new"))
                .put(DeviceRecord.nameOf(invented, 1, content).toString(), content);
        write("new", "UPDATE todo SET title = 'by the newcomer' WHERE id = ?", ROW);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        settle("ann", "bob", "new");
        assertThat(conflicts("new")).hasSize(1);
    }
}
