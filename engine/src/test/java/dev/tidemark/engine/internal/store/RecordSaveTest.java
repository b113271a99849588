package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Acceptance 1 to 3: records are saved to the table unchanged, and only differing columns are tracked. */
class RecordSaveTest {
    private static final Schema STRICT =
            Schema.builder().migration("page", """
                CREATE TABLE page(id BLOB PRIMARY KEY NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL);
                CREATE TABLE card(id TEXT PRIMARY KEY NOT NULL, page_id BLOB, length INTEGER,
                  twice INTEGER GENERATED ALWAYS AS (length * 2) STORED)\
                """).synced("page", "card").build();

    record Task(UUID id, String title, boolean done, UUID folderId, String code) {}

    record Titled(UUID id, String title, int notAColumn) {}

    record PageTitle(UUID id, String title) {}

    record Page(UUID id, String title, String body) {}

    record Card(UUID id, Integer length) {}

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase database;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        database = replicas.open("a");
    }

    @AfterEach
    void close() {
        replicas.close();
    }

    @Test
    void recordWithoutIdGetsVersionSevenId() {
        UUID id = database.write(tx -> tx.save("task", new Task(null, "milk", false, null, null)));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(tasks()).containsExactly(new Task(id, "milk", false, null, null));
    }

    @Test
    void recordWithIdKeepsIt() {
        UUID id = Replicas.id();
        assertThat(database.<UUID, RuntimeException>write(tx -> tx.save("task", new Task(id, "milk", true, null, "x"))))
                .isEqualTo(id);
        assertThat(tasks()).containsExactly(new Task(id, "milk", true, null, "x"));
        database = replicas.reopen(database);
        assertThat(tasks()).containsExactly(new Task(id, "milk", true, null, "x"));
    }

    @Test
    void fieldWithoutColumnIsIgnoredAndColumnWithoutFieldKeepsItsValue() {
        UUID id = database.write(tx -> tx.save("task", new Task(null, "milk", true, null, "x")));
        database.write(tx -> tx.save("task", new Titled(id, "bread", 7)));
        assertThat(tasks()).containsExactly(new Task(id, "bread", true, null, "x"));
    }

    @Test
    void columnThatMustNotBeNullKeepsItsValueWithoutField() {
        SqliteDatabase pages = replicas.open("pages", STRICT);
        UUID id = pages.write(tx -> tx.save("page", new Page(null, "one", "text")));
        pages.write(tx -> tx.save("page", new PageTitle(id, "two")));
        assertThat(pages.list(Query.of("SELECT * FROM page").as(Page.class)))
                .containsExactly(new Page(id, "two", "text"));
        assertThatThrownBy(() -> pages.write(tx -> tx.save("page", new PageTitle(null, "three"))))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("page.body");
    }

    @Test
    void textIdsAndGeneratedColumnsWorkWithRecords() {
        SqliteDatabase cards = replicas.open("cards", STRICT);
        UUID id = cards.write(tx -> tx.save("card", new Card(null, 4)));
        assertThat(Replicas.value(cards, "SELECT id FROM card")).isEqualTo(id.toString());
        assertThat(Replicas.value(cards, "SELECT twice FROM card")).isEqualTo(8L);
        Change change = Replicas.changes(cards).getFirst();
        assertThat(change.row()).isEqualTo(id);
        assertThat(change.values()).containsOnlyKeys("page_id", "length").containsEntry("length", 4L);
        SqliteDatabase other = replicas.open("other", STRICT);
        Replicas.sync(cards, other);
        assertThat(Replicas.value(other, "SELECT twice FROM card WHERE id = ?", id.toString()))
                .isEqualTo(8L);
        assertThat(cards.<Boolean, RuntimeException>write(tx -> tx.delete("card", id)))
                .isTrue();
        assertThat(cards.<Boolean, RuntimeException>write(tx -> tx.delete("card", id)))
                .isFalse();
    }

    @Test
    void insertTracksEveryColumnNullsToo() {
        UUID id = database.write(tx -> tx.save("task", new Task(null, "milk", false, null, null)));
        List<Change> changes = Replicas.changes(database);
        assertThat(changes).hasSize(1);
        Change insert = changes.getFirst();
        assertThat(insert.kind()).isEqualTo(Change.Kind.INSERT);
        assertThat(insert.table()).isEqualTo("task");
        assertThat(insert.row()).isEqualTo(id);
        assertThat(insert.dot().sequence()).isEqualTo(1);
        assertThat(insert.values()).containsOnlyKeys("title", "done", "folder_id", "code");
        assertThat(insert.values()).containsEntry("folder_id", null).containsEntry("done", 0L);
    }

    @Test
    void updateTracksOnlyWhatDiffersAndSavingTheSameAgainTracksNothing() {
        UUID id = database.write(tx -> tx.save("task", new Task(null, "milk", false, null, null)));
        database.write(tx -> tx.save("task", new Task(id, "milk", true, null, null)));
        database.write(tx -> tx.save("task", new Task(id, "milk", true, null, null)));
        List<Change> changes = Replicas.changes(database);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(1).kind()).isEqualTo(Change.Kind.UPDATE);
        assertThat(changes.get(1).values()).isEqualTo(Map.of("done", 1L));
    }

    @Test
    void savingTheSameAgainDeliversNothing() throws InterruptedException {
        UUID id = database.write(tx -> tx.save("task", new Task(null, "milk", false, null, null)));
        java.util.concurrent.BlockingQueue<List<Task>> results = new java.util.concurrent.LinkedBlockingQueue<>();
        try (var subscription = database.subscribe(
                Query.of("SELECT * FROM task").as(Task.class),
                Runnable::run,
                result -> results.add(result.rows()),
                error -> results.add(List.of()))) {
            assertThat(results.poll(10, java.util.concurrent.TimeUnit.SECONDS)).hasSize(1);
            database.write(tx -> tx.save("task", new Task(id, "milk", false, null, null)));
            database.write(tx -> tx.save("task", new Task(id, "bread", false, null, null)));
            assertThat(results.poll(10, java.util.concurrent.TimeUnit.SECONDS))
                    .containsExactly(new Task(id, "bread", false, null, null));
        }
        assertThat(results).isEmpty();
    }

    private List<Task> tasks() {
        return database.list(Query.of("SELECT * FROM task ORDER BY id").as(Task.class));
    }
}
