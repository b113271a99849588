package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A returned device uploads changes again by acknowledgements, not by clocks (docs/correctness.md#r7). */
class WrongClockReturnTest extends CarriedFoldersFixture {
    private static final UUID ROW = new UUID(7, 7);
    private static final String[] ALL = {"ann", "bob", "cid", "dan"};

    @BeforeEach
    void begin() {
        write("ann", "INSERT INTO todo(id, title, note) VALUES (?, 'first', 'as it was')", ROW);
        sync("ann");
        settle(ALL);
    }

    /** Ann forgets the row once all have acknowledged its delete; Bob does not hear of Dan's acknowledgement. */
    private void acknowledgeAndForgetAtAnns() {
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
    }

    private void assertAllShow(String title) {
        for (String name : ALL) {
            assertThat(row(name, ROW)).as(name).singleElement().satisfies(row -> {
                assertThat(row.text("title")).isEqualTo(title);
                assertThat(row.text("note")).isEqualTo("as it was");
            });
            assertThat(conflicts(name)).as(name).isEmpty();
        }
    }

    @Proof
    @Test
    void aDeleteByAClockTenDaysAheadIsForgottenAllTheSame() {
        setClockAhead("ann", Duration.ofDays(10));
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        daysPass(1);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        library("ann").retire(id("cid"), SyncOptions.DEFAULT);
        acknowledgeAndForgetAtAnns();
        daysPass(6);
        settle(ALL);
        assertAllShow("by Cid");
    }

    @Proof
    @Test
    void aDeviceThatReturnsWithAClockBehindWritesTheRowAgain() {
        setClockAhead("cid", Duration.ofDays(-4));
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        daysPass(1);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        library("ann").retire(id("cid"), SyncOptions.DEFAULT);
        acknowledgeAndForgetAtAnns();
        settle(ALL);
        assertAllShow("by Cid");
    }

    /** Dan has not acknowledged the delete, so nobody can have forgotten it, however long ago it was. */
    @Proof
    @Test
    void anOldDeleteThatADeviceHasNotAcknowledgedIsAConflict() {
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        daysPass(1);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        library("ann").retire(id("cid"), SyncOptions.DEFAULT);
        carry("ann", "bob", "cid");
        daysPass(5);
        sync("ann", "bob");
        carry("ann", "bob", "cid");
        sync("cid");
        settle(ALL);
        for (String name : ALL) {
            assertThat(conflicts(name)).as(name).hasSize(1);
        }
    }
}
