package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.MemoryStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that becomes the first replica of another library empties the right engine tables. */
class LibraryResetTest {
    /**
     * Who this copy is, which it rewrites itself; numbers for names; which remotes were ever encrypted
     * (docs/correctness.md#r18); and what this device's syncs did.
     */
    private static final Set<String> KEPT = Set.of(
            "tm_state",
            "tm_replica",
            "tm_table",
            "tm_column",
            "tm_remote_encryption",
            "tm_sync_run",
            "tm_storage_failure");

    @TempDir
    Path folder;

    /** Whoever adds a table of the engine has to decide. */
    @Test
    void everyTableOfTheEngineIsEmptiedOrKeptOnPurpose() throws Exception {
        List<String> tables = new ArrayList<>();
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase database = replicas.open("a");
            RemoteLibrary.open(database, new MemoryStorage()).sync();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file());
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery(
                            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'tm\\_%' ESCAPE '\\'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
        }
        List<String> decided = new ArrayList<>(LibraryReset.EMPTIED);
        decided.addAll(KEPT);
        assertThat(tables).containsExactlyInAnyOrderElementsOf(decided);
    }
}
