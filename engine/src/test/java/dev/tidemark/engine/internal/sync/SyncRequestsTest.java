package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Ids;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.RemoteStorage.StoredObject;
import dev.tidemark.engine.sync.SyncReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Acceptance 32 and 41: the number of requests of a sync. */
class SyncRequestsTest extends RemoteLibraryFixture {
    @Test
    void fortySyncsWithoutChangesLeaveNoTraceAndCostOneRequestEach() {
        Database ann = device("ann");
        Database bob = device("bob");
        add(ann, "a");
        RemoteLibrary anns = RemoteLibrary.open(ann, storage);
        RemoteLibrary bobs = RemoteLibrary.open(bob, storage);
        for (RemoteLibrary library : List.of(anns, bobs, anns, bobs)) {
            library.sync();
        }
        List<StoredObject> before = storage.list("", null);
        for (int round = 0; round < 20; round++) {
            for (RemoteLibrary library : List.of(anns, bobs)) {
                SyncReport report = library.sync();
                assertThat(report.requests()).isEqualTo(1);
                assertThat(report.maintenanceRequests()).isZero();
                assertThat(report.bytesSent() + report.bytesReceived()).isZero();
                assertThat(report.isComplete()).isTrue();
            }
        }
        assertThat(storage.list("", null)).isEqualTo(before);
    }

    @Test
    void oneChangeCostsTwoRequestsEitherWay() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (Database device : List.of(ann, bob, ann)) {
            sync(device);
        }
        add(ann, "a");
        SyncReport pushed = sync(ann);
        assertThat(pushed.requests()).isEqualTo(2);
        assertThat(pushed.maintenanceRequests()).as("its segments say it").isZero();
        SyncReport pulled = sync(bob);
        assertThat(pulled.requests()).isEqualTo(2);
        assertThat(pulled.pulled()).isEqualTo(1);
    }

    /** What can be read or computed again needs no fsync. */
    @Test
    void oneChangeCostsThreeFsyncsToUploadAndOneToDownload() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (Database device : List.of(ann, bob, ann, bob)) {
            sync(device);
        }
        add(ann, "a");
        assertThat(fsyncsOfASync(ann)).isEqualTo(3);
        assertThat(fsyncsOfASync(bob)).isEqualTo(1);
    }

    private long fsyncsOfASync(Database database) {
        long before = database.writerMetrics().fsyncs();
        sync(database);
        return database.writerMetrics().fsyncs() - before;
    }

    @Test
    void tenThousandChangesCostAtMostSixRequestsEitherWay() {
        Database ann = device("ann");
        Database bob = device("bob");
        for (Database device : List.of(ann, bob, ann, bob)) {
            sync(device);
        }
        for (int commit = 0; commit < 10; commit++) {
            ann.write(tx -> {
                for (int row = 0; row < 1_000; row++) {
                    tx.execute("INSERT INTO todo(id, title) VALUES (?, ?)", Ids.next(), "row " + row);
                }
                return null;
            });
        }
        SyncReport pushed = sync(ann);
        assertThat(pushed.pushed()).isEqualTo(10_000);
        assertThat(pushed.requests()).isLessThanOrEqualTo(6);
        SyncReport pulled = sync(bob);
        assertThat(pulled.pulled()).isEqualTo(10_000);
        assertThat(pulled.requests()).isLessThanOrEqualTo(6);
        assertEqual(ann, bob);
    }
}
