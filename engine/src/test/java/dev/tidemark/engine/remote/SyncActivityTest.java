package dev.tidemark.engine.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.problem.Problem;
import dev.tidemark.engine.problem.StorageException;
import dev.tidemark.engine.problem.TidemarkException;
import dev.tidemark.engine.storage.ForwardingStorage;
import dev.tidemark.engine.sync.SyncActivity;
import dev.tidemark.engine.sync.SyncActivity.Run;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each database records the results of its syncs. */
class SyncActivityTest extends SyncServiceFixture {
    /** Cannot be reached while a test wants so. */
    private final class Wire extends ForwardingStorage {
        private boolean cut;

        private Wire() {
            super(SyncActivityTest.this.storage);
        }

        @Override
        public List<StoredObject> list(String prefix, @Nullable String after) {
            if (cut) {
                throw new StorageException.UnreachableException(Problem.STORAGE_FOLDER_MISSING, "/drive");
            }
            return super.list(prefix, after);
        }
    }

    private static List<Run> runs(Database database) {
        return RemoteLibrary.activity(database, 10).runs();
    }

    @Test
    void syncsThatMoveChangesAreRecordedNewestFirst() {
        add(ann, "Milk");
        add(ann, "Bread");
        RemoteLibrary here = RemoteLibrary.open(ann, storage);
        here.sync();
        here.sync();
        RemoteLibrary.open(bob, storage).sync();
        add(bob, "Wine");
        RemoteLibrary.open(bob, storage).sync();
        here.sync();
        assertThat(runs(ann)).extracting(run -> run.counts().pulled()).containsExactly(1L, 0L);
        assertThat(runs(ann)).extracting(run -> run.counts().pushed()).containsExactly(0L, 2L);
        assertThat(runs(bob))
                .hasSize(2)
                .allMatch(run -> run.problem() == null && run.counts().bytes() > 0);
    }

    @Test
    void aFailureThatRepeatsIsOneRunAndItsCallsAreCounted() {
        Wire wire = new Wire();
        RemoteLibrary library = RemoteLibrary.open(ann, wire);
        wire.cut = true;
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThatThrownBy(library::sync).isInstanceOf(StorageException.class);
        }
        assertThat(runs(ann)).singleElement().satisfies(run -> {
            assertThat(run.times()).isEqualTo(3);
            assertThat(run.problem())
                    .isNotNull()
                    .returns(Problem.STORAGE_FOLDER_MISSING, TidemarkException::problem)
                    .hasMessageContaining("/drive");
        });
        assertThat(RemoteLibrary.activity(ann, 1).failures())
                .singleElement()
                .returns("list", SyncActivity.Failure::call)
                .returns(3L, SyncActivity.Failure::failures);
        wire.cut = false;
        add(ann, "Milk");
        library.sync();
        assertThat(runs(ann)).hasSize(2).first().matches(run -> run.problem() == null);
    }

    @Test
    void aStorageThatCannotBeOpenedIsRecordedByTheService() {
        service.configure(target(() -> {
            throw new StorageException.UnreachableException(Problem.STORAGE_FOLDER_MISSING, "/drive");
        }));
        settle();
        assertThat(runs(ann)).singleElement().returns("memory", Run::location);
    }

    @Test
    void aDatabaseOfAnEarlierVersionGetsTheRecord() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ann.file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DROP TABLE tm_sync_run");
            statement.executeUpdate("DROP TABLE tm_storage_failure");
        }
        service.close();
        ann.close();
        bob.close();
        open();
        add(ann, "Milk");
        RemoteLibrary.open(ann, storage).sync();
        assertThat(runs(ann)).hasSize(1);
    }

    @Test
    void theRecordKeepsABoundedNumberOfRuns() throws SQLException {
        RemoteLibrary library = RemoteLibrary.open(ann, storage);
        add(ann, "Milk");
        library.sync();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ann.file());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO tm_sync_run SELECT no + " + (SyncActivity.KEPT_RUNS - 1)
                    + ", location, started, ended, times, pushed, pulled, conflicts, hidden, waiting, blocked,"
                    + " quarantined, bytes, problem, arguments FROM tm_sync_run");
        }
        add(ann, "Bread");
        library.sync();
        assertThat(runs(ann)).extracting(Run::no).containsExactly(SyncActivity.KEPT_RUNS + 1L, (long)
                SyncActivity.KEPT_RUNS);
    }
}
