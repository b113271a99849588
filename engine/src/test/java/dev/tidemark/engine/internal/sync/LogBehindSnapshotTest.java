package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.internal.segment.SegmentName;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Segments covered by a snapshot are removed once all active devices have acknowledged them (docs/correctness.md#r3 and
 * #r16).
 */
class LogBehindSnapshotTest extends DevicesOverDays {
    private final Random random = new Random(16);

    @BeforeEach
    void openTwo() {
        device("ann").write(tx -> tx.execute("INSERT INTO todo(id, title, note) VALUES (?, 'one', 'first')", ROW));
        device("bob");
    }

    private SyncReport sync(String name) {
        return RemoteLibrary.open(device(name), storage, "", clock).sync();
    }

    /** Edits until a snapshot is worth its while. */
    private void editMuch(String name) {
        for (int edit = 0; edit < 40; edit++) {
            byte[] noise = new byte[40_000];
            random.nextBytes(noise);
            String note = new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1);
            device(name).write(tx -> tx.execute("UPDATE todo SET note = ? WHERE id = ?", note, ROW));
            sync(name);
        }
    }

    private long logBytes() {
        return storage.list(SegmentName.FOLDER, null).stream()
                .mapToLong(object -> object.size())
                .sum();
    }

    private boolean hasSnapshot() {
        return !storage.list("v1/snapshots/", null).isEmpty();
    }

    private void days(int days, String... names) {
        for (int day = 0; day < days; day++) {
            clock.pass(Duration.ofDays(1));
            for (String name : names) {
                assertThat(sync(name).isComplete()).isTrue();
            }
        }
    }

    private List<?> notes(String name) {
        return device(name).list(Query.of("SELECT note FROM todo"));
    }

    @Proof
    @Test
    void theLogGoesWhenASnapshotCoversItAndAllHaveAcknowledged() {
        days(1, "ann", "bob");
        editMuch("ann");
        assertThat(hasSnapshot()).isTrue();
        long before = logBytes();
        days(6, "ann", "bob");
        assertThat(logBytes()).isLessThan(before / 10);
        sync("cid");
        assertThat(device("cid").dump()).isEqualTo(device("ann").dump());
        device("cid").write(tx -> tx.execute("UPDATE todo SET note = 'by Cid' WHERE id = ?", ROW));
        days(3, "cid", "ann", "bob");
        assertThat(notes("ann")).isEqualTo(notes("cid")).isEqualTo(notes("bob"));
        assertThat(device("ann").dump()).contains("by Cid");
    }

    @Proof
    @Test
    void theLogStaysForADeviceThatIsAwayUntilThatIsRetiredAndItComesBackAllTheSame() {
        days(2, "ann", "bob");
        device("bob")
                .write(tx -> tx.execute(
                        "INSERT INTO todo(id, title, note) VALUES (?, 'one', 'not published')", new UUID(7, 8)));
        editMuch("ann");
        // What was merged meanwhile has gone from where it stood before.
        days(2, "ann");
        long before = logBytes();
        days(40, "ann");
        assertThat(hasSnapshot()).isTrue();
        assertThat(logBytes()).isEqualTo(before);
        RemoteLibrary.open(device("ann"), storage, "", clock)
                .retire(device("bob").replica(), SyncOptions.DEFAULT);
        days(6, "ann");
        // What was published after the snapshot stays: less than a megabyte is not worth another.
        assertThat(logBytes()).isLessThan(before / 4);
        days(2, "bob", "ann");
        assertThat(device("ann").dump()).isEqualTo(device("bob").dump()).contains("not published");
    }
}
