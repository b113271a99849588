package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** One device deletes most of a library. The others apply it, report it, and can undo it. */
class MassDeleteTest extends RemoteLibraryFixture {
    private static final int ROWS = 100;

    private static long rows(Database database) {
        return database.list(Query.of("SELECT count(*) AS rows FROM todo"))
                .getFirst()
                .integer("rows");
    }

    private static void addMany(Database database) {
        for (int number = 0; number < ROWS; number++) {
            add(database, "row " + number);
        }
    }

    private static void deleteAllBut(Database database, int kept) {
        database.write(
                tx -> tx.execute("DELETE FROM todo WHERE id NOT IN (SELECT id FROM todo ORDER BY id LIMIT ?)", kept));
    }

    @Test
    void isAppliedAnnouncedAndUndoneOnAllDevicesWithOneAction() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        String before = bob.dump();
        deleteAllBut(ann, 10);
        sync(ann);
        List<DatabaseEvent> events = new CopyOnWriteArrayList<>();
        try (var listening = bob.onEvent(Runnable::run, events::add)) {
            assertThat(listening).isNotNull();
            sync(bob);
        }
        assertThat(rows(bob)).isEqualTo(10);
        MassDelete found = bob.massDeletes().getFirst();
        assertThat(found.replica()).isEqualTo(ann.replica());
        assertThat(found.name()).isEqualTo("ann");
        assertThat(found.rows()).isEqualTo(90);
        assertThat(found.before()).isEqualTo(ROWS);
        assertThat(events).contains(new DatabaseEvent.MassDeleted(found));
        assertThat(ann.massDeletes()).isEmpty();
        // Also for a program that is started afterwards.
        bob.close();
        bob = device("bob");
        assertThat(bob.massDeletes()).containsExactly(found);
        // What was brought back or deleted on purpose meanwhile stays as it is.
        assertThat(bob.undo(found)).isEqualTo(90);
        assertThat(bob.massDeletes()).isEmpty();
        assertThat(bob.dump()).isEqualTo(before);
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(rows(ann)).isEqualTo(ROWS);
        assertThat(ann.conflicts()).isEmpty();
        assertThat(ann.massDeletes()).isEmpty();
    }

    /** The changes themselves never come here: what a snapshot says of the rows is all there is. */
    @Test
    void isAnnouncedAndUndoneJustTheSameWhenItComesInASnapshot() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        String before = bob.dump();
        deleteAllBut(ann, 10);
        RemoteLibrary.open(ann, storage).startNewEpoch(SyncOptions.DEFAULT);
        segments().forEach(storage::delete);
        assertThat(names()).anyMatch(name -> name.startsWith("v1/snapshots/"));
        RemoteLibrary.open(bob, storage).connect(RemoteLibrary.JoinMode.MERGE, SyncOptions.DEFAULT);
        assertThat(bob.changelog().floor()).as("it came as a snapshot").isNotEqualTo(VersionVector.EMPTY);
        assertThat(rows(bob)).isEqualTo(10);
        MassDelete found = bob.massDeletes().getFirst();
        assertThat(found.replica()).isEqualTo(ann.replica());
        assertThat(found.rows()).isEqualTo(90);
        assertThat(found.before()).isEqualTo(ROWS);
        assertThat(bob.undo(found)).isEqualTo(90);
        assertThat(bob.dump()).isEqualTo(before);
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(rows(ann)).isEqualTo(ROWS);
    }

    @Test
    void whatWasBroughtBackOrDeletedAnewSinceStaysAsItIs() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        UUID back = add(ann, "brought back");
        UUID anew = add(ann, "deleted anew");
        sync(ann);
        sync(bob);
        deleteAllBut(ann, 0);
        sync(ann);
        sync(bob);
        bob.write(tx -> tx.restore("todo", back));
        bob.write(tx -> tx.execute("UPDATE todo SET title = 'edited since' WHERE id = ?", back));
        bob.write(tx -> {
            tx.restore("todo", anew);
            return tx.delete("todo", anew);
        });
        assertThat(bob.undo(bob.massDeletes().getFirst())).isBetween((long) ROWS, (long) ROWS + 1);
        assertThat(bob.list(Query.of("SELECT title FROM todo WHERE id = ?", back))
                        .getFirst()
                        .text("title"))
                .isEqualTo("edited since");
    }

    @Test
    void deletingSomeRowsOrASmallLibraryIsNone() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (int number = 0; number < 10; number++) {
            add(ann, "row " + number);
        }
        sync(ann);
        sync(bob);
        deleteAllBut(ann, 0);
        sync(ann);
        sync(bob);
        assertThat(bob.massDeletes()).isEmpty();
        addMany(ann);
        sync(ann);
        sync(bob);
        deleteAllBut(ann, 60);
        sync(ann);
        sync(bob);
        assertThat(bob.massDeletes()).isEmpty();
        // Two devices, each a part.
        sync(ann);
        ann.write(tx -> tx.execute("DELETE FROM todo WHERE id IN (SELECT id FROM todo ORDER BY id LIMIT 25)"));
        bob.write(tx -> tx.execute("DELETE FROM todo WHERE id IN (SELECT id FROM todo ORDER BY id DESC LIMIT 25)"));
        Database cid = device("cid");
        sync(cid);
        sync(ann);
        sync(bob);
        sync(cid);
        assertThat(rows(cid)).isEqualTo(10);
        assertThat(cid.massDeletes()).isEmpty();
    }

    @Test
    void isNoticedByASyncThatEndsEarly() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        deleteAllBut(ann, 0);
        sync(ann);
        add(bob, "to be published");
        FailingStorage line = new FailingStorage(storage);
        line.failPutsAfter(0);
        try {
            RemoteLibrary.open(bob, line).sync(SyncOptions.DEFAULT.with(new Batch.Limit(30, 1 << 20)));
        } catch (StorageException expected) {
            assertThat(expected).hasMessageContaining("network is down");
        }
        assertThat(bob.massDeletes()).hasSize(1);
        assertThat(bob.undo(bob.massDeletes().getFirst())).isEqualTo(ROWS);
    }
}
