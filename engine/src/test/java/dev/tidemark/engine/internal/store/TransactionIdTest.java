package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.ChangelogQuery;
import dev.tidemark.engine.changelog.Dot;
import dev.tidemark.engine.changelog.ReplicaId;
import dev.tidemark.engine.remote.RemoteLibrary;
import dev.tidemark.engine.storage.FolderStorage;
import dev.tidemark.engine.storage.MemoryStorage;
import dev.tidemark.engine.storage.RemoteStorage;
import dev.tidemark.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each change names the first change of its transaction on every replica (decision 75). */
class TransactionIdTest {
    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    private static void insertTogether(SqliteDatabase database, int notes) {
        database.write(tx -> {
            for (int note = 0; note < notes; note++) {
                tx.execute("INSERT INTO note VALUES (?, ?)", Replicas.id(), "note " + note);
            }
        });
    }

    private static List<Long> transactions(SqliteDatabase database, ReplicaId writer) {
        return database.changelog().list(ChangelogQuery.ALL.by(writer)).stream()
                .sorted((one, other) ->
                        Long.compare(one.dot().sequence(), other.dot().sequence()))
                .map(Change::transaction)
                .toList();
    }

    private List<Change> transaction(long first) {
        return a.changelog().list(ChangelogQuery.ALL.transaction(new Dot(a.replica(), first)));
    }

    @Test
    void theChangesOfATransactionNameItsFirst() {
        insertTogether(a, 1);
        insertTogether(a, 3);
        insertTogether(a, 2);
        assertThat(transactions(a, a.replica())).containsExactly(1L, 2L, 2L, 2L, 5L, 5L);
    }

    @Test
    void aTransactionOfSeveralBlocksIsOne() {
        insertTogether(a, 2);
        insertTogether(a, 2_500);
        insertTogether(a, 1);
        assertThat(transactions(a, a.replica()).subList(2, 2_502)).containsOnly(3L);
        assertThat(transactions(a, a.replica()).getLast()).isEqualTo(2_503);
    }

    @Test
    void aQueryListsTheChangesOfOneTransaction() {
        insertTogether(a, 2);
        insertTogether(a, 2_500);
        insertTogether(a, 1);
        SqliteDatabase b = replicas.open("b");
        insertTogether(b, 4);
        Replicas.sync(a, b);
        assertThat(transaction(3)).hasSize(2_500).allMatch(change -> change.transaction() == 3);
        assertThat(transaction(2_503)).hasSize(1);
        assertThat(transaction(2)).isEmpty();
        ChangelogQuery last =
                ChangelogQuery.ALL.transaction(new Dot(a.replica(), 3)).newestFirst();
        assertThat(a.changelog().list(last.limit(1)))
                .extracting(change -> change.dot().sequence())
                .containsExactly(2_502L);
        assertThat(a.changelog().list(last.table("task"))).isEmpty();
    }

    @Test
    void otherDevicesKnowTheTransactions() throws IOException {
        insertTogether(a, 3);
        insertTogether(a, 40);
        List<Long> own = transactions(a, a.replica());
        MemoryStorage storage = new MemoryStorage();
        RemoteLibrary.open(a, storage).sync();
        SqliteDatabase b = replicas.open("b");
        RemoteLibrary.open(b, storage).sync();
        // b relays the changes of a.
        RemoteStorage other = FolderStorage.open(Files.createDirectory(folder.resolve("other")));
        RemoteLibrary.open(b, other).sync();
        SqliteDatabase c = replicas.open("c");
        RemoteLibrary.open(c, other).sync();
        assertThat(transactions(b, a.replica())).isEqualTo(own);
        assertThat(transactions(c, a.replica())).isEqualTo(own);
    }

    @Proof
    @Test
    void compactedBlocksKeepTransactions() {
        for (int save = 0; save < 3_000; save++) {
            insertTogether(a, 1 + save % 3);
        }
        List<Long> before = transactions(a, a.replica());
        a.maintenance().run(Duration.ofMinutes(1), () -> false);
        assertThat(transactions(a, a.replica())).isEqualTo(before);
    }

    @Test
    void squashedChangesKeepTransactions() {
        insertTogether(a, 1);
        for (int save = 0; save < 3; save++) {
            String body = "x".repeat(1_000) + save;
            a.write(tx -> {
                tx.execute("INSERT INTO task(id, title) VALUES (?, 'saved with it')", Replicas.id());
                tx.execute("UPDATE note SET body = ?", body);
            });
        }
        assertThat(transactions(a, a.replica())).containsExactly(1L, 2L, 2L, 4L, 4L, 6L, 6L);
        assertThat(a.changelog().list(ChangelogQuery.ALL.table("note")))
                .filteredOn(change -> change.values().isEmpty())
                .hasSize(2);
    }

    @Test
    void erasedChangesKeepTransactions() {
        insertTogether(a, 3);
        Replicas.run(a, "DELETE FROM note");
        a.maintenance().run(Duration.ofMinutes(1), () -> false);
        assertThat(a.changelog().list(ChangelogQuery.ALL))
                .extracting(Change::kind)
                .contains(Change.Kind.ERASED);
        assertThat(transactions(a, a.replica())).containsExactly(1L, 1L, 1L, 4L, 4L, 4L);
    }

    @Test
    void aForkCutsATransactionInTwo() {
        insertTogether(a, 2);
        insertTogether(a, 3);
        insertTogether(a, 2);
        ReplicaId before = a.replica();
        a.rotateReplicaId(4, 4);
        assertThat(transactions(a, before)).containsExactly(1L, 1L, 3L, 3L);
        assertThat(transactions(a, a.replica())).containsExactly(1L, 2L, 2L);
    }

    @Test
    void aSchemaStepAndItsRowsAreOneTransaction() {
        insertTogether(a, 2);
        Schema newer = Schema.builder()
                .migration("tasks", Replicas.TASKS.migrations().getFirst().step())
                .migration("rank", "ALTER TABLE note ADD COLUMN rank INTEGER; UPDATE note SET rank = length(body)")
                .migration("color", "ALTER TABLE note ADD COLUMN color INTEGER")
                .synced("folder", "task", "note")
                .build();
        a = replicas.reopen(a, newer);
        assertThat(transactions(a, a.replica())).containsExactly(1L, 1L, 3L, 3L, 3L, 6L);
    }
}
