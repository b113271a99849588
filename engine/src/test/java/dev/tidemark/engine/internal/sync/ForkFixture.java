package dev.tidemark.engine.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Database;
import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.sync.SyncReport;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Copies and backups of databases that sync through one storage. */
abstract class ForkFixture extends RemoteLibraryFixture {
    static List<String> titles(Database database) {
        return database.list(Query.of("SELECT title FROM todo ORDER BY title")).stream()
                .map(row -> row.text("title"))
                .toList();
    }

    static void title(Database database, UUID row, String title) {
        database.write(tx -> tx.execute("UPDATE todo SET title = ? WHERE id = ?", title, row));
    }

    static List<Change> changes(Database database) {
        List<Change> changes = new ArrayList<>();
        try (Batch.Reader reader = database.changelog().read(VersionVector.EMPTY, Batch.Limit.DEFAULT)) {
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                changes.addAll(batch.changes());
            }
        }
        return changes;
    }

    /** Closes the device, copies its file, and opens it again. */
    Database copied(Database device, String name, String copy) throws Exception {
        device.close();
        Files.copy(folder.resolve(name + ".db"), folder.resolve(copy + ".db"));
        return device(name);
    }

    /** Puts a copy in the place of a device that has gone on. */
    Database restored(Database device, String name, String copy) throws Exception {
        device.close();
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(folder.resolve(name + ".db" + end));
        }
        Files.copy(folder.resolve(copy + ".db"), folder.resolve(name + ".db"));
        return device(name);
    }

    void syncAll(Database... devices) {
        for (int round = 0; round < 3; round++) {
            for (Database device : devices) {
                sync(device);
            }
        }
        for (Database device : devices) {
            SyncReport last = sync(device);
            assertThat(last.isComplete()).isTrue();
            assertThat(last.pushed() + last.pulled()).isZero();
            assertThat(last.requests()).isEqualTo(1);
        }
        assertEqual(devices);
        Map<ReplicaId, List<Change>> first = byReplica(devices[0]);
        for (Database device : devices) {
            assertThat(device.changelog().vector())
                    .isEqualTo(devices[0].changelog().vector());
            assertThat(device.conflicts()).isEqualTo(devices[0].conflicts());
            assertThat(device.hiddenRows()).isEqualTo(devices[0].hiddenRows());
            Map<ReplicaId, List<Change>> theirs = byReplica(device);
            assertThat(theirs.keySet()).isEqualTo(first.keySet());
            // No dot has two contents.
            first.forEach((replica, changes) -> {
                List<Change> same = theirs.get(replica);
                assertThat(same).hasSameSizeAs(changes);
                for (int index = 0; index < changes.size(); index++) {
                    assertThat(SegmentComparison.isSame(changes.get(index), same.get(index)))
                            .as(changes.get(index) + " and " + same.get(index))
                            .isTrue();
                }
            });
        }
    }

    static Map<ReplicaId, List<Change>> byReplica(Database device) {
        return changes(device).stream()
                .collect(Collectors.groupingBy(change -> change.dot().replica()));
    }
}
