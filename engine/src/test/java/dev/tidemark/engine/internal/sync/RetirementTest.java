package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.changelog.Changelog;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.sync.Device;
import dev.tidemark.engine.sync.SyncOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recording that another device is retired (docs/correctness.md#r7). */
class RetirementTest extends RemoteLibraryFixture {
    private void inFile(Database database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void aRetirementThatIsInterruptedHalfwayIsNotedByTheNextSyncSoNobodyWaitsForTheDevice() throws Exception {
        Database ann = device("ann");
        Database bob = device("bob");
        Database cid = device("cid");
        add(ann, "a");
        for (Database each : List.of(ann, bob, cid, ann, bob)) {
            sync(each);
        }
        ReplicaId gone = cid.replica();
        assertThat(waitedFor(ann)).contains(gone);
        RemoteLibrary.open(bob, storage).retire(gone, SyncOptions.DEFAULT);
        inFile(ann, """
            CREATE TRIGGER interrupted BEFORE INSERT ON tm_acknowledged WHEN NEW.retired = 1
            BEGIN SELECT RAISE(ABORT, 'interrupted'); END\
            """);
        assertThatThrownBy(() -> sync(ann)).isInstanceOf(TransactionException.class);
        inFile(ann, "DROP TRIGGER interrupted");
        sync(ann);
        assertThat(waitedFor(ann)).doesNotContain(gone).contains(ann.replica());
    }

    /** Found by simulated life 5061. */
    @Test
    void aDeviceThatIsWaitedForWithoutARecordInTheStorageIsListedAndCanBeRetired(@TempDir Path another) {
        Database ann = device("ann");
        Database cid = device("cid");
        add(ann, "a");
        for (Database each : List.of(ann, cid, ann)) {
            sync(each);
        }
        ReplicaId gone = cid.replica();
        RemoteLibrary moved = RemoteLibrary.open(ann, FolderStorage.open(another));
        moved.sync(SyncOptions.DEFAULT);
        assertThat(waitedFor(ann)).contains(gone);
        assertThat(moved.devices())
                .filteredOn(device -> device.replica().equals(gone))
                .singleElement()
                .satisfies(device -> {
                    assertThat(device.status()).isEqualTo(Device.Status.ABSENT);
                    assertThat(device.name()).isEqualTo("cid");
                    assertThat(device.lastSeen()).isNull();
                });
        moved.retire(gone, SyncOptions.DEFAULT);
        assertThat(waitedFor(ann)).doesNotContain(gone);
        assertThat(moved.devices()).noneMatch(device -> device.replica().equals(gone));
    }

    private static List<ReplicaId> waitedFor(Database database) {
        return database.changelog().acknowledgements().stream()
                .map(Changelog.Acknowledgement::replica)
                .toList();
    }
}
