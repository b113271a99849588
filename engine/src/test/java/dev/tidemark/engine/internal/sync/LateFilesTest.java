package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A sync client delivers files of a device after its retirement: no change in them is lost (docs/correctness.md#r7).
 */
class LateFilesTest extends CarriedFoldersFixture {
    private static final UUID ROW = new UUID(7, 7);

    private void begin(String... names) {
        write(names[0], "INSERT INTO todo(id, title, note) VALUES (?, 'first', 'as it was')", ROW);
        sync(names[0]);
        settle(names);
    }

    private static String late(ReplicaId replica, SyncReport report) {
        return report.quarantined().stream()
                .filter(file -> file.reason() == Problem.FILE_AFTER_RETIREMENT)
                .map(SyncReport.QuarantinedFile::name)
                .filter(name -> name.contains(replica.toString()))
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileThatArrivesAfterTheRetirementIsReportedAndAppliedADayLater(boolean carriesDeletes) {
        if (carriesDeletes) {
            carryDeletes();
        }
        begin("ann", "bob", "old");
        add("old", "last words");
        sync("old");
        ReplicaId old = id("old");
        library("ann").retire(old, SyncOptions.DEFAULT);
        carry("ann", "bob");
        sync("bob");
        carry("ann", "bob", "old");
        assertThat(late(old, syncOnce("ann"))).startsWith("v1/log/" + old);
        assertThat(titles("ann")).doesNotContain("last words");
        daysPass(2);
        settle("ann", "bob");
        assertThat(titles("bob")).containsExactly("first", "last words");
        assertThat(late(old, syncOnce("bob"))).isEmpty();
    }

    /** Ann has forgotten the row by then, Bob has not. */
    @Proof
    @Test
    void aLateEditOfAForgottenRowBringsItBackWhole() {
        begin("ann", "bob", "dan", "old");
        write("old", "UPDATE todo SET title = 'by Old' WHERE id = ?", ROW);
        sync("old");
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        library("ann").retire(id("old"), SyncOptions.DEFAULT);
        carry("ann", "bob", "dan");
        sync("ann", "bob", "dan");
        for (int round = 0; round < 2; round++) {
            daysPass(2);
            sync("bob", "dan");
            carry("bob", "ann");
            carry("dan", "ann");
            sync("ann");
        }
        collectGarbage("ann");
        assertThat(isTracked("ann", ROW)).isFalse();
        assertThat(isTracked("bob", ROW)).isTrue();
        carry("ann", "bob", "dan", "old");
        sync("ann", "bob", "dan");
        daysPass(2);
        settle("ann", "bob", "dan");
        for (String name : List.of("ann", "bob", "dan")) {
            assertThat(row(name, ROW)).as(name).singleElement().satisfies(row -> {
                assertThat(row.text("title")).isEqualTo("by Old");
                assertThat(row.text("note")).isEqualTo("as it was");
            });
        }
    }

    @Test
    void aDeviceWhoseLaterFileArrivedFirstIsNotProposedForRetirementWhileItIsAlive() {
        begin("ann", "old");
        add("old", "second");
        sync("old");
        String second = last("old");
        for (int day = 0; day < 4; day++) {
            add("old", "of day " + day);
            sync("old");
            copyMissing(folder("old"), folder("ann"), name -> !name.equals(second));
            SyncReport waiting = syncOnce("ann");
            assertThat(waiting.firstMissing()).containsOnlyKeys(id("old"));
            assertThat(waiting.missingFor(SyncReport.RETIRABLE_AFTER, clock.instant()))
                    .isEmpty();
            daysPass(1);
        }
        settle("ann", "old");
        assertThat(titles("ann")).hasSize(6);
    }

    /** Ann follows the advice all the same, and the file in between comes after that. */
    @Test
    void aGapThatIsFilledAfterTheRetirementIsNoLoss() {
        begin("ann", "bob", "old");
        add("old", "second");
        sync("old");
        String second = last("old");
        add("old", "third");
        sync("old");
        copyMissing(folder("old"), folder("ann"), name -> !name.equals(second));
        sync("ann");
        daysPass(3);
        assertThat(syncOnce("ann").missingFor(SyncReport.RETIRABLE_AFTER, clock.instant()))
                .containsExactly(id("old"));
        library("ann").retire(id("old"), SyncOptions.DEFAULT);
        sync("ann");
        copyMissing(folder("old"), folder("ann"), name -> name.equals(second));
        sync("ann");
        daysPass(2);
        settle("ann", "bob");
        assertThat(titles("bob")).containsExactly("first", "second", "third");
    }

    private String last(String name) {
        return names(folder(name)).stream()
                .filter(file -> file.startsWith("v1/log/" + id(name)))
                .reduce((one, other) -> other)
                .orElseThrow();
    }
}
