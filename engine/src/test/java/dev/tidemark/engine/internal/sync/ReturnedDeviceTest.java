package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Row;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A retired or restored device returns with edits of a row whose tombstone only some devices have dropped: all devices
 * show the complete row (docs/correctness.md#r3 and #r7, decision 39).
 */
class ReturnedDeviceTest extends DevicesOverDays {
    private final Random random = new Random(39);

    @BeforeEach
    void begin() {
        write("ann", "INSERT INTO todo(id, title, note) VALUES (?, 'first', 'as it was')", ROW);
        sync("ann", "bob", "cid", "dan", "ann", "bob", "cid", "dan");
    }

    private void write(String name, String sql, Object... parameters) {
        device(name).write(tx -> tx.execute(sql, parameters));
    }

    private void sync(String... names) {
        for (String name : names) {
            clock.pass(Duration.ofSeconds(1));
            SyncReport report =
                    RemoteLibrary.open(device(name), storage, "", clock).sync();
            assertThat(report.isComplete()).as(name + ": " + report).isTrue();
        }
    }

    private void daysPass(int days) {
        clock.pass(Duration.ofDays(days));
    }

    private void close(String name) {
        open.remove(name).close();
    }

    private void backUp(String name) throws IOException {
        close(name);
        Files.copy(folder.resolve(name + ".db"), folder.resolve("backup.db"));
    }

    private void restore(String name) throws IOException {
        close(name);
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve(name + ".db" + end));
        }
        Files.move(folder.resolve("backup.db"), folder.resolve(name + ".db"));
    }

    /** She types until the log has outgrown what it leads to. */
    private void makeASnapshotAtAnns() {
        UUID other = new UUID(8, 8);
        for (int edit = 0; edit < 60; edit++) {
            byte[] noise = new byte[48 << 10];
            random.nextBytes(noise);
            write("ann", "DELETE FROM todo WHERE id = ?", other);
            write("ann", "INSERT INTO todo(id, title, note) VALUES (?, 'much', ?)", other, noise);
        }
        sync("ann", "ann");
        assertThat(storage.list("v1/snapshots/", null)).isNotEmpty();
    }

    private List<Row> row(String name) {
        return device(name).list(Query.of("SELECT title, note FROM todo WHERE id = ?", ROW));
    }

    private ReplicaId id(String name) {
        return device(name).replica();
    }

    private void retireCid() {
        RemoteLibrary.open(device("ann"), storage, "", clock).retire(id("cid"), SyncOptions.DEFAULT);
    }

    private boolean isTracked(String name) {
        return StateDump.of(device(name)).contains(ROW.toString());
    }

    /**
     * All but Cid acknowledge what they have applied. Ann reads these acknowledgements and garbage-collects; Bob never reads
     * a record of Dan.
     */
    private void acknowledgeAllAndForgetAtAnns() {
        sync("ann", "bob", "dan");
        daysPass(2);
        sync("bob", "dan", "ann");
        daysPass(2);
        sync("bob", "dan", "ann");
        device("ann").maintenance().run(Duration.ofMinutes(1), () -> false);
        assertThat(isTracked("ann")).isFalse();
        assertThat(isTracked("bob")).isTrue();
    }

    private void assertAllShow(String title, String note) {
        sync("ann", "bob", "dan", "cid", "ann", "bob", "dan", "cid", "ann", "bob");
        sync("eve");
        for (String name : List.of("ann", "bob", "cid", "dan", "eve")) {
            assertThat(row(name)).as(name).singleElement().satisfies(row -> {
                assertThat(row.text("title")).isEqualTo(title);
                assertThat(row.text("note")).isEqualTo(note);
            });
            assertThat(device(name).dump()).isEqualTo(device("bob").dump());
            assertThat(device(name).hiddenRows()).as(name).isEmpty();
            assertThat(device(name).conflicts()).as(name).isEmpty();
        }
    }

    @Proof
    @Test
    void aRetiredDevicesEditOfAForgottenRowBringsItBackWholeForAll() {
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        daysPass(1);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        retireCid();
        acknowledgeAllAndForgetAtAnns();
        sync("cid");
        assertAllShow("by Cid", "as it was");
    }

    @Proof
    @Test
    void theSameIfItWasEditedAfterTheDelete() {
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        daysPass(1);
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        retireCid();
        acknowledgeAllAndForgetAtAnns();
        sync("cid");
        assertAllShow("by Cid", "as it was");
    }

    /** It is brought up to date by a snapshot in which there is nothing of the row. */
    @Proof
    @Test
    void theSameIfItStartsFromASnapshotWithoutTheTombstone() {
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        retireCid();
        acknowledgeAllAndForgetAtAnns();
        makeASnapshotAtAnns();
        storage.list("v1/log/" + id("ann"), null).forEach(file -> storage.delete(file.name()));
        sync("cid");
        assertThat(row("cid"))
                .singleElement()
                .satisfies(row -> assertThat(row.text("title")).isEqualTo("by Cid"));
        assertAllShow("by Cid", "as it was");
    }

    @Test
    void aRestoredBackupsEditOfAForgottenRowBringsItBackWholeForAll() throws Exception {
        backUp("cid");
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        sync("ann", "cid", "bob", "dan");
        daysPass(2);
        sync("cid");
        daysPass(2);
        sync("cid");
        acknowledgeAllAndForgetAtAnns();
        restore("cid");
        write("cid", "UPDATE todo SET title = 'by Cid, restored' WHERE id = ?", ROW);
        sync("cid");
        assertAllShow("by Cid, restored", "as it was");
    }

    /** Nobody can have forgotten that yet, so a person decides, as between any two devices. */
    @Test
    void aDeleteOfTodayAgainstAReturnedDevicesEditIsAConflict() {
        retireCid();
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        clock.pass(Duration.ofSeconds(60));
        write("ann", "DELETE FROM todo WHERE id = ?", ROW);
        sync("ann", "cid", "ann", "bob", "dan", "cid");
        for (String name : List.of("ann", "bob", "cid", "dan")) {
            assertThat(row(name)).isEmpty();
            assertThat(device(name).conflicts())
                    .as(name)
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.column()).isEqualTo(Conflict.ROW));
        }
    }

    /** What is issued again is what might be missing somewhere, once, and nothing else. */
    @Test
    void rowsThatAreNotDeletedAreNotReinserted() {
        write("cid", "UPDATE todo SET title = 'by Cid' WHERE id = ?", ROW);
        write("cid", "INSERT INTO todo(id, title) VALUES (?, 'new')", new UUID(9, 9));
        retireCid();
        sync("ann", "bob", "dan");
        daysPass(3);
        sync("cid", "ann", "cid");
        ReplicaId fresh = id("cid");
        assertThat(device("cid").changelog().list(ChangelogQuery.ALL.by(fresh)))
                .extracting(Change::kind)
                .containsExactlyInAnyOrder(Change.Kind.UPDATE, Change.Kind.INSERT);
        assertThat(device("ann").changelog().vector().get(fresh)).isEqualTo(2);
    }

    /** Files of the log go behind a snapshot, or are listed later than it; what it says of our id is enough to know. */
    @Proof
    @Test
    void aBackupThatFindsOnlyASnapshotOfWhatItHadPublishedSinceGoesOnUnderAFreshId() throws Exception {
        backUp("ann");
        ReplicaId former = id("ann");
        makeASnapshotAtAnns();
        for (String gone : List.of("v1/log/" + former, "v1/devices/" + former)) {
            storage.list(gone, null).forEach(file -> storage.delete(file.name()));
        }
        restore("ann");
        write("ann", "UPDATE todo SET title = 'by Ann, restored' WHERE id = ?", ROW);
        sync("ann", "bob", "cid");
        assertThat(id("ann")).isNotEqualTo(former);
        for (String name : List.of("ann", "bob", "cid")) {
            assertThat(row(name))
                    .singleElement()
                    .satisfies(row -> assertThat(row.text("title")).isEqualTo("by Ann, restored"));
            assertThat(device(name).list(Query.of("SELECT id FROM todo"))).hasSize(2);
        }
    }
}
