package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk image with profile and folder is restored, so a device writes other changes under numbers that it used before.
 * No data of either history is lost, whichever devices applied them (docs/correctness.md#r6, decision 67).
 */
class RestoredImageTest extends CarriedFoldersFixture {
    private void begin(String... names) {
        add("ann", "base");
        sync("ann");
        settle(names);
    }

    /** She adds three, each synced; they reach these devices' folders. */
    private void oldHistory(String... reaches) {
        for (String title : List.of("OLD1", "OLD2", "OLD3")) {
            add("ann", title);
            sync("ann");
        }
        for (String name : reaches) {
            carry("ann", name);
        }
    }

    private void newHistory(int count) {
        for (int number = 1; number <= count; number++) {
            add("ann", "NEW" + number);
        }
        sync("ann");
    }

    private void assertAllHave(List<String> titles, String... names) {
        for (String name : names) {
            assertThat(titles(name)).as(name).isEqualTo(titles);
            assertThat(conflicts(name)).as(name).isEmpty();
        }
    }

    private void hoursPass(String... names) {
        for (int hour = 0; hour < 5; hour++) {
            clock.pass(Duration.ofHours(1));
            carry(names);
            sync(names);
        }
    }

    /** Only Bob's record shows that he has other changes under the numbers that she used again. */
    @Proof
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void aForkIsDetectedThoughTheFilesOfOneSideAreGone(int count) {
        begin("ann", "bob");
        takeImage("ann", "image");
        oldHistory("bob");
        sync("bob");
        restoreImage("ann", "image");
        newHistory(count);
        for (String name : names(folder("bob"))) {
            if (name.startsWith("v1/log/" + id("ann") + "/")
                    && !Files.exists(folder("ann").resolve(name))) {
                inside(() -> Files.deleteIfExists(folder("bob").resolve(name)));
            }
        }
        carry("ann", "bob");
        settle("ann", "bob");
        assertThat(titles("ann")).hasSize(4 + count).contains("OLD1", "OLD2", "OLD3", "NEW1", "base");
        hoursPass("ann", "bob");
        settle("ann", "bob", "cid");
        assertThat(titles("cid")).hasSize(4 + count);
    }

    @Proof
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongerNewHistoryDoesNotReplaceTheOldOneThatNobodyHasApplied(boolean carriesDeletes) {
        if (carriesDeletes) {
            carryDeletes();
        }
        begin("ann", "bob");
        takeImage("ann", "image");
        oldHistory("bob");
        restoreImage("ann", "image");
        forgetCarried("ann");
        newHistory(5);
        settle("ann", "bob");
        List<String> all = List.of("NEW1", "NEW2", "NEW3", "NEW4", "NEW5", "OLD1", "OLD2", "OLD3", "base");
        assertAllHave(all, "ann", "bob");
        hoursPass("ann", "bob");
        settle("ann", "bob");
        settle("ann", "bob", "cid");
        assertAllHave(all, "ann", "bob", "cid");
    }

    @Proof
    @Test
    void whoAppliedTheOldAndWhoAppliedTheNewHistoryEndAlike() {
        endAlikeWithNewChanges(3);
    }

    @Proof
    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void whoAppliedAShorterOrALongerNewHistoryEndsAlikeToo(int count) {
        endAlikeWithNewChanges(count);
    }

    private void endAlikeWithNewChanges(int count) {
        begin("ann", "bob", "cid");
        takeImage("ann", "image");
        oldHistory("bob");
        sync("bob");
        restoreImage("ann", "image");
        newHistory(count);
        carry("ann", "cid");
        sync("cid");
        assertThat(titles("bob")).contains("OLD3");
        assertThat(titles("cid")).contains("NEW1");
        settle("ann", "bob", "cid");
        assertThat(titles("ann")).hasSize(4 + count).contains("OLD1", "OLD2", "OLD3", "NEW1", "base");
        hoursPass("ann", "bob", "cid");
        settle("ann", "bob", "cid", "dan");
        assertThat(titles("dan")).hasSize(4 + count);
    }

    /** Her edits of one row in both histories are two versions, of which a user chooses one. */
    @Test
    void editsOfOneRowInBothHistoriesAreAConflictEverywhere() {
        UUID row = add("ann", "base");
        sync("ann");
        settle("ann", "bob", "cid");
        takeImage("ann", "image");
        write("ann", "UPDATE todo SET title = 'old' WHERE id = ?", row);
        sync("ann");
        carry("ann", "bob");
        restoreImage("ann", "image");
        clock.pass(Duration.ofHours(1));
        write("ann", "UPDATE todo SET title = 'new' WHERE id = ?", row);
        add("ann", "more");
        sync("ann");
        carry("ann", "cid");
        sync("cid");
        settle("ann", "bob", "cid");
        for (String name : List.of("ann", "bob", "cid")) {
            assertThat(titles(name)).as(name).containsExactly("more", "new");
            assertThat(conflicts(name)).as(name).hasSize(1);
        }
        write("bob", "UPDATE todo SET title = 'chosen' WHERE id = ?", row);
        settle("ann", "bob", "cid");
        for (String name : List.of("ann", "bob", "cid")) {
            assertThat(titles(name)).as(name).containsExactly("chosen", "more");
            assertThat(conflicts(name)).as(name).isEmpty();
        }
    }

    /** Decision 34: a clone uploads elsewhere and dies, and the folders are joined. */
    @Test
    void whatALostCloneUploadedElsewhereReachesEverybody() {
        begin("ann", "bob", "cid");
        takeImage("ann", "clone");
        add("ann", "of Ann");
        sync("ann");
        carry("ann", "bob");
        sync("bob");
        takeImage("ann", "original");
        restoreImage("ann", "clone");
        add("ann", "of the clone");
        sync("ann");
        carry("ann", "cid");
        sync("cid");
        restoreImage("ann", "original");
        settle("ann", "bob", "cid");
        assertAllHave(List.of("base", "of Ann", "of the clone"), "ann", "bob", "cid");
    }

    /** Both clones are lost, and Bob retires their id. */
    @Proof
    @Test
    void whatTwoLostClonesUploadedReachesEverybodyOnceTheirIdIsRetired() {
        begin("ann", "bob", "cid");
        takeImage("ann", "clone");
        add("ann", "of Ann");
        sync("ann");
        carry("ann", "bob");
        sync("bob");
        restoreImage("ann", "clone");
        add("ann", "of the clone");
        sync("ann");
        carry("ann", "cid");
        sync("cid");
        library("bob").retire(id("ann"), SyncOptions.DEFAULT);
        settle("bob", "cid");
        assertAllHave(List.of("base", "of Ann", "of the clone"), "bob", "cid");
    }

    /** The old files stay as long as nobody has what is in them under another number. */
    @Test
    void noFileIsRemovedWhoseContentDiffersFromTheLongerOne() {
        carryDeletes();
        begin("ann", "bob");
        takeImage("ann", "image");
        oldHistory("bob");
        restoreImage("ann", "image");
        forgetCarried("ann");
        newHistory(5);
        List<String> old = names(folder("bob")).stream()
                .filter(name ->
                        name.startsWith("v1/log/") && !names(folder("ann")).contains(name))
                .toList();
        assertThat(old).hasSize(3);
        copyMissing(folder("ann"), folder("bob"), name -> !name.contains("/devices/"));
        Database bob = device("bob");
        sync("bob");
        assertThat(bob.changelog().vector().get(id("ann"))).isEqualTo(6);
        clock.pass(Duration.ofHours(5));
        sync("bob", "bob");
        assertThat(names(folder("bob"))).containsAll(old);
    }

    /** Bob has the old changes himself, so he could do without the files; Cid, who has the others, could not. */
    @Proof
    @Test
    void filesOfAForkStayUntilTheirChangesAreReissued() {
        begin("ann", "bob", "cid");
        takeImage("ann", "clone");
        oldHistory("bob");
        sync("bob");
        restoreImage("ann", "clone");
        newHistory(5);
        carry("ann", "cid");
        sync("cid");
        library("bob").retire(id("ann"), SyncOptions.DEFAULT);
        copyMissing(folder("cid"), folder("bob"), name -> true);
        for (int hour = 0; hour < 5; hour++) {
            clock.pass(Duration.ofHours(1));
            sync("bob");
        }
        settle("bob", "cid");
        List<String> all = List.of("NEW1", "NEW2", "NEW3", "NEW4", "NEW5", "OLD1", "OLD2", "OLD3", "base");
        assertAllHave(all, "bob", "cid");
        hoursPass("bob", "cid");
        settle("bob", "cid", "dan");
        assertAllHave(all, "dan");
    }

    /** Bob and Cid hold one content, so no device re-issues it, and its files stay. */
    @Test
    void filesOfASettledForkAreNotReadAtEverySync() {
        begin("ann", "bob", "cid");
        takeImage("ann", "clone");
        oldHistory("bob", "cid");
        sync("bob", "cid");
        restoreImage("ann", "clone");
        newHistory(3);
        copyMissing(folder("ann"), folder("bob"), name -> name.startsWith("v1/log/"));
        library("bob").retire(id("ann"), SyncOptions.DEFAULT);
        settle("bob", "cid");
        assertThat(titles("cid")).contains("OLD3", "NEW3");
        long maintenance = 0;
        for (int number = 0; number < 5; number++) {
            add("bob", "news " + number);
            sync("bob");
            carry("bob", "cid");
            maintenance += syncOnce("cid").maintenanceRequests();
        }
        assertThat(maintenance).as("no segments").isLessThan(30);
    }

    /**
     * Bob's deletes and Cid's additions have the same numbers: a record of Cid acknowledges a delete that he never had.
     */
    @Proof
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeleteThatWasCollectedUnderAForkedNumberLeavesNoIncompleteRow(boolean returns) {
        UUID row = add("ann", "base");
        write("ann", "UPDATE todo SET note = 'as it was' WHERE id = ?", row);
        sync("ann");
        settle("ann", "bob", "cid");
        takeImage("ann", "clone");
        write("ann", "DELETE FROM todo WHERE id = ?", row);
        sync("ann");
        carry("ann", "bob");
        sync("bob");
        daysPass(2);
        sync("ann", "ann");
        carry("ann", "bob");
        sync("bob");
        takeImage("ann", "original");
        restoreImage("ann", "clone");
        add("ann", "of the clone");
        sync("ann");
        carry("ann", "cid");
        sync("cid");
        for (int day = 0; day < 4; day++) {
            daysPass(1);
            sync("bob", "cid");
            carry("bob", "cid");
        }
        collectGarbage("bob");
        assertThat(isTracked("bob", row)).isFalse();
        assertThat(titles("cid")).contains("base");
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", row);
        if (returns) {
            restoreImage("ann", "original");
            settle("ann", "bob", "cid");
        } else {
            library("bob").retire(id("ann"), SyncOptions.DEFAULT);
            settle("bob", "cid");
        }
        for (String name : List.of("bob", "cid")) {
            assertThat(incomplete(name)).as(name).isZero();
            assertThat(row(name, row)).as(name).singleElement().satisfies(shown -> {
                assertThat(shown.text("title")).isEqualTo("by Cid");
                assertThat(shown.text("note")).isEqualTo("as it was");
            });
        }
    }
}
