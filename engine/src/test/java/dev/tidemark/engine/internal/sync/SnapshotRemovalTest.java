package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.DatabaseEvent;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.HlcTimestamp;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.Snapshot;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.history.MassDelete;
import dev.tidemark.engine.internal.segment.PartFile;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.sync.SyncOptions;
import dev.tidemark.engine.sync.SyncReport;
import dev.tidemark.log.ExpectLog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A party with write access to an unencrypted storage cannot remove rows with a snapshot that omits them
 * (docs/correctness.md#r3 and #r4).
 */
class SnapshotRemovalTest extends RemoteLibraryFixture {
    private static final int ROWS = 100;
    private static final ReplicaId INVENTED = new ReplicaId(1L << 61);

    private static void addMany(Database database) {
        for (int number = 0; number < ROWS; number++) {
            add(database, "row " + number);
        }
    }

    private static int rows(Database database) {
        return database.list(Query.of("SELECT id FROM todo")).size();
    }

    /** A manifest without parts, of all that the device has and of a replica that nobody knows. */
    private String plantEmptySnapshot(Database database) {
        return plant(database, Instant.now().toEpochMilli() << HlcTimestamp.COUNTER_BITS, List.of());
    }

    private String plant(Database database, long clock, List<Snapshot.Part> parts) {
        return plant(database, clock, parts, 1);
    }

    /** @param head of the replica that nobody knows */
    private String plant(Database database, long clock, List<Snapshot.Part> parts, long head) {
        return plant(database, clock, parts, database.changelog().vector().with(INVENTED, head));
    }

    private String plant(Database database, long clock, List<Snapshot.Part> parts, VersionVector vector) {
        PartFile.Owner owner = new PartFile.Owner(database.library(), 1, clock, INVENTED);
        List<SnapshotManifest.Part> put = new ArrayList<>();
        for (Snapshot.Part part : parts) {
            PartFile file = PartFile.encode(owner, put.size(), part);
            storage.put(file.name().toString(), file.content());
            put.add(new SnapshotManifest.Part(file.name(), file.content().length));
        }
        byte[] content = new SnapshotManifest(
                        owner, vector, RemoteSnapshotFixture.chains(database, vector), put, Instant.now())
                .toBytes();
        String name = SnapshotManifest.nameOf(owner, content).toString();
        storage.put(name, content);
        return name;
    }

    /** A snapshot of the same rows from the same changes, of which none holds a value. */
    private String plantSnapshotWithoutValues() throws SQLException {
        Database forger = device("forger");
        sync(forger);
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("forger.db"));
                Statement read = file.createStatement();
                ResultSet row = read.executeQuery("SELECT id, cells FROM tm_row");
                PreparedStatement write = file.prepareStatement("UPDATE tm_row SET cells = ? WHERE id = ?")) {
            while (row.next()) {
                byte[] cells = row.getBytes(2);
                cells[cells.length - 1] = 1; // the bit set: the row's existence alone
                write.setBytes(1, cells);
                write.setBytes(2, row.getBytes(1));
                write.addBatch();
            }
            write.executeBatch();
        }
        List<Snapshot.Part> parts = new ArrayList<>();
        try (Snapshot snapshot = ((SqliteDatabase) forger).snapshot()) {
            for (Snapshot.Part part = snapshot.next(); part != null; part = snapshot.next()) {
                parts.add(part);
            }
            return plant(forger, snapshot.clock(), parts);
        }
    }

    @ExpectLog("snapshot cannot be used")
    @Test
    void aManifestThatDropsLiveRowsIsQuarantinedAndNamed() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        String before = ann.dump();
        String planted = plantEmptySnapshot(bob);
        for (Database device : List.of(ann, bob)) {
            SyncReport report = sync(device);
            assertThat(report.quarantined())
                    .containsExactly(new SyncReport.QuarantinedFile(planted, Problem.FILE_DROPS_ROWS));
            assertThat(report.isComplete())
                    .as("nothing lacks but what was invented")
                    .isTrue();
            assertThat(report.firstMissing()).isEmpty();
            assertThat(device.dump()).isEqualTo(before);
            assertThat(device.massDeletes()).isEmpty();
        }
        add(bob, "later");
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(rows(ann)).isEqualTo(ROWS + 1);
    }

    /** They may exist in it alone; or nowhere, so nobody may be advised to retire Ann's device. */
    @ExpectLog("snapshot cannot be used")
    @Test
    void aSyncThatRefusedASnapshotWithMoreOfAKnownDeviceIsNotComplete() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        VersionVector more = bob.changelog().vector().with(ann.replica(), ROWS + 50);
        String planted = plant(bob, Instant.now().toEpochMilli() << HlcTimestamp.COUNTER_BITS, List.of(), more);
        SyncReport report = sync(bob);
        assertThat(report.quarantined())
                .containsExactly(new SyncReport.QuarantinedFile(planted, Problem.FILE_DROPS_ROWS));
        assertThat(report.isComplete()).isFalse();
        assertThat(report.firstMissing()).isEmpty();
    }

    /** Rows of a snapshot that lack cells take text away just as missing rows do. */
    @ExpectLog("snapshot cannot be used")
    @Test
    void aSnapshotThatDropsCellsOfLiveRowsIsQuarantinedAndNamed() throws SQLException {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        String before = bob.dump();
        String planted = plantSnapshotWithoutValues();
        assertThat(sync(bob).quarantined()).contains(new SyncReport.QuarantinedFile(planted, Problem.FILE_DROPS_ROWS));
        assertThat(bob.dump()).isEqualTo(before);
    }

    /** Nobody waited for it, so others may have forgotten its rows; that it takes most of them, a person hears. */
    @ExpectLog("snapshot cannot be used")
    @Test
    void whatASnapshotTakesFromAReturnedDeviceIsAnnouncedAndUndone() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(ann);
        sync(ann);
        sync(bob);
        sync(ann);
        String before = bob.dump();
        RemoteLibrary.open(ann, storage).retire(bob.replica(), SyncOptions.DEFAULT);
        plantEmptySnapshot(bob);
        sync(bob);
        assertThat(rows(bob)).isZero();
        MassDelete found = bob.massDeletes().getFirst();
        assertThat(found.isBySnapshot()).isTrue();
        assertThat(found.rows()).isEqualTo(ROWS);
        assertThat(found.before()).isEqualTo(ROWS);
        bob.close();
        bob = device("bob");
        assertThat(bob.massDeletes()).containsExactly(found);
        assertThat(bob.undo(found)).isEqualTo(ROWS);
        assertThat(bob.dump()).isEqualTo(before);
        assertThat(bob.massDeletes()).isEmpty();
        sync(bob);
        sync(ann);
        assertEqual(ann, bob);
        assertThat(ann.conflicts()).isEmpty();
    }

    private static final Schema TEXT_IDS =
            Schema.builder().migration("create", """
                CREATE TABLE list(id TEXT PRIMARY KEY NOT NULL, name TEXT UNIQUE);
                CREATE TABLE todo(id TEXT PRIMARY KEY NOT NULL, title TEXT, list_id TEXT REFERENCES list(id))\
                """).synced("list", "todo").build();

    /** What SQLite refuses now stays listed and can be undone later. */
    @Test
    void whatASnapshotTakesFromTablesWithTextIdsIsUndoneAndWhatIsRefusedIsKept() {
        Database ann = device("ann", TEXT_IDS, InstantSource.system());
        Database bob = device("bob", TEXT_IDS, InstantSource.system());
        String list = Ids.next().toString();
        bob.write(tx -> {
            tx.execute("INSERT INTO list VALUES (?, 'home')", list);
            for (int number = 0; number < ROWS; number++) {
                tx.execute("INSERT INTO todo VALUES (?, 'row', ?)", Ids.next().toString(), number == 0 ? list : null);
            }
            return null;
        });
        sync(bob);
        sync(ann);
        RemoteLibrary.open(ann, storage).retire(bob.replica(), SyncOptions.DEFAULT);
        plantEmptySnapshot(bob);
        sync(bob);
        assertThat(rows(bob)).isZero();
        MassDelete found = bob.massDeletes().getFirst();
        String other = Ids.next().toString();
        bob.write(tx -> tx.execute("INSERT INTO list VALUES (?, 'home')", other));
        assertThat(bob.undo(found)).isEqualTo(ROWS - 1);
        assertThat(bob.massDeletes())
                .as("two rows are still to come back")
                .extracting(MassDelete::rows)
                .containsExactly(2L);
        bob.write(tx -> tx.execute("DELETE FROM list WHERE id = ?", other));
        assertThat(bob.undo(found)).isEqualTo(2);
        assertThat(rows(bob)).isEqualTo(ROWS);
        assertThat(bob.massDeletes()).isEmpty();
    }

    /** Devices come back twice within the time in which a removal can be undone. */
    @ExpectLog("snapshot cannot be used")
    @Test
    void aSecondRemovalIsAnnouncedToo() {
        Database ann = device("ann");
        Database bob = device("bob");
        List<MassDelete> announced = new CopyOnWriteArrayList<>();
        bob.onEvent(Runnable::run, event -> {
            if (event instanceof DatabaseEvent.MassDeleted deleted) {
                announced.add(deleted.deletion());
            }
        });
        for (int time = 1; time <= 2; time++) {
            addMany(bob);
            sync(bob);
            sync(ann);
            RemoteLibrary.open(ann, storage).retire(bob.replica(), SyncOptions.DEFAULT);
            plant(bob, Instant.now().toEpochMilli() << HlcTimestamp.COUNTER_BITS, List.of(), time);
            sync(bob);
            assertThat(rows(bob)).isZero();
            assertThat(announced).hasSize(time);
        }
        assertThat(announced).extracting(MassDelete::rows).containsExactly((long) ROWS, 2L * ROWS);
        assertThat(bob.undo(bob.massDeletes().getFirst())).isEqualTo(2L * ROWS);
        assertThat(bob.massDeletes()).isEmpty();
    }

    private record Empty(VersionVector vector, long clock) implements Snapshot {
        @Override
        public String name() {
            return "empty";
        }

        @Override
        public Snapshot.@Nullable Part next() {
            return null;
        }

        @Override
        public void skip(int parts) {
            assertThat(parts).isZero();
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void aRemovalIsListedInTheTransactionThatRemoves() {
        Database ann = device("ann");
        Database bob = device("bob");
        addMany(bob);
        sync(bob);
        sync(ann);
        long head = bob.changelog().vector().get(bob.replica());
        ((SqliteDatabase) bob).rotateReplicaId(head, head);
        // The sync is killed as soon as this is committed.
        bob.changelog()
                .installSnapshot(new Empty(
                        bob.changelog().vector().with(INVENTED, 1),
                        Instant.now().toEpochMilli() << HlcTimestamp.COUNTER_BITS));
        bob.close();
        bob = device("bob");
        assertThat(rows(bob)).isZero();
        MassDelete found = bob.massDeletes().getFirst();
        sync(bob);
        assertThat(bob.undo(found)).isEqualTo(ROWS);
    }
}
