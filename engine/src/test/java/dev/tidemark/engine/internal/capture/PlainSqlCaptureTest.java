package dev.tidemark.engine.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import dev.tidemark.proof.Proof;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/correctness.md#r12 and acceptance 4: changes made by any kind of SQL are tracked once, and only those that
 * change a value.
 */
class PlainSqlCaptureTest {
    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase database;
    private SqliteDatabase other;
    private final UUID one = Replicas.id();
    private final UUID two = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        database = replicas.open("a");
        other = replicas.open("b");
        run("INSERT INTO task(id, title, code) VALUES (?, 'milk', 'm'), (?, 'bread', 'b')", one, two);
    }

    @AfterEach
    void close() {
        Replicas.sync(database, other);
        assertThat(other.dump()).isEqualTo(database.dump());
        assertThat(StateDump.of(other)).isEqualTo(StateDump.of(database));
        replicas.close();
    }

    @Test
    void insertWithoutColumnListWorksAndIsTracked() {
        UUID id = Replicas.id();
        run("INSERT INTO note VALUES (?, 'text')", id);
        Change change = only();
        assertThat(change.kind()).isEqualTo(Kind.INSERT);
        assertThat(change.values()).isEqualTo(Map.of("body", "text"));
    }

    @Test
    void insertFromSelectIsTracked() {
        run("INSERT INTO note(id, body) SELECT id, title FROM task");
        assertThat(fresh()).hasSize(2).allMatch(change -> change.table().equals("note"));
    }

    @Test
    void replaceWithEqualValuesTracksNothing() {
        run("INSERT OR REPLACE INTO task(id, title, code) VALUES (?, 'milk', 'm')", one);
        run("REPLACE INTO task(id, title, done, code) VALUES (?, 'milk', 0, 'm')", one);
        assertThat(fresh()).isEmpty();
    }

    @Test
    void replaceTracksWhatDiffers() {
        run("INSERT OR REPLACE INTO task(id, title, code) VALUES (?, 'oat milk', 'm')", one);
        assertThat(only().kind()).isEqualTo(Kind.UPDATE);
        assertThat(only().values()).isEqualTo(Map.of("title", "oat milk"));
    }

    @Test
    void replaceThatPushesOutAnotherRowTracksItsDelete() {
        run("UPDATE OR REPLACE task SET code = 'b' WHERE id = ?", one);
        List<Change> changes = fresh();
        assertThat(changes).hasSize(2);
        assertThat(byRow(changes).get(two).kind()).isEqualTo(Kind.DELETE);
        assertThat(byRow(changes).get(one).values()).isEqualTo(Map.of("code", "b"));
    }

    @Test
    void upsertCountsAsWhatItDid() {
        String upsert =
                "INSERT INTO task(id, title) VALUES (?, ?) ON CONFLICT(id) DO UPDATE SET title = excluded.title";
        run(upsert, one, "milk");
        assertThat(fresh()).isEmpty();
        run(upsert, one, "oats");
        assertThat(only().values()).isEqualTo(Map.of("title", "oats"));
        run(upsert, Replicas.id(), "new");
        assertThat(fresh().getLast().kind()).isEqualTo(Kind.INSERT);
    }

    @Test
    void updateFromIsTracked() {
        run("INSERT INTO note VALUES (?, 'from note')", one);
        run("UPDATE task SET title = note.body FROM note WHERE note.id = task.id");
        assertThat(fresh()).hasSize(2);
        assertThat(fresh().getLast().values()).isEqualTo(Map.of("title", "from note"));
    }

    @Test
    void deleteWithoutConditionIsTracked() {
        run("DELETE FROM task");
        assertThat(fresh()).hasSize(2).allMatch(change -> change.kind() == Kind.DELETE);
    }

    @Test
    void idChangeIsDeleteAndInsert() {
        UUID id = Replicas.id();
        run("UPDATE task SET id = ? WHERE id = ?", id, one);
        Map<UUID, Change> changes = byRow(fresh());
        assertThat(changes).containsOnlyKeys(one, id);
        assertThat(changes.get(one).kind()).isEqualTo(Kind.DELETE);
        assertThat(changes.get(id).kind()).isEqualTo(Kind.INSERT);
        assertThat(changes.get(id).values()).containsEntry("title", "milk").containsEntry("code", "m");
    }

    @Test
    void idChangeOntoAnotherRowReplacesIt() {
        run("UPDATE OR REPLACE task SET id = ? WHERE id = ?", two, one);
        Map<UUID, Change> changes = byRow(fresh());
        assertThat(changes.get(one).kind()).isEqualTo(Kind.DELETE);
        assertThat(changes.get(two).values()).isEqualTo(Map.of("title", "milk", "code", "m"));
    }

    @Test
    void thereAndBackTracksNothing() {
        database.write(tx -> {
            tx.execute("UPDATE task SET title = 'x' WHERE id = ?", one);
            tx.execute("UPDATE task SET title = 'milk' WHERE id = ?", one);
            UUID id = Replicas.id();
            tx.execute("UPDATE task SET id = ? WHERE id = ?", id, two);
            tx.execute("UPDATE task SET id = ? WHERE id = ?", two, id);
            UUID fleeting = Replicas.id();
            tx.execute("INSERT INTO task(id) VALUES (?)", fleeting);
            tx.execute("DELETE FROM task WHERE id = ?", fleeting);
            return null;
        });
        assertThat(fresh()).isEmpty();
    }

    @Test
    void deletedAndPutBackInOneTransactionTracksTheDifference() {
        database.write(tx -> {
            tx.execute("DELETE FROM task WHERE id = ?", one);
            tx.execute("INSERT INTO task(id, title, code) VALUES (?, 'milk', 'z')", one);
            return null;
        });
        assertThat(only().kind()).isEqualTo(Kind.UPDATE);
        assertThat(only().values()).isEqualTo(Map.of("code", "z"));
    }

    @Test
    void severalWritesToOneRowAreOneChange() {
        database.write(tx -> {
            for (int count = 0; count < 10; count++) {
                tx.execute("UPDATE task SET title = title || '!', done = 1 - done WHERE id = ?", one);
            }
            return null;
        });
        assertThat(only().values()).isEqualTo(Map.of("title", "milk!!!!!!!!!!"));
    }

    @Test
    void typeAndBitsAreCompared() {
        run("INSERT INTO note VALUES (?, 'x')", one);
        List<Object> values =
                new java.util.ArrayList<>(java.util.Arrays.asList("1", new byte[] {'1'}, null, "", "A", "a"));
        for (Object value : values) {
            int before = fresh().size();
            run("UPDATE note SET body = ? WHERE id = ?", value, one);
            assertThat(fresh()).as("after " + value).hasSize(before + 1);
            run("UPDATE note SET body = ? WHERE id = ?", value, one);
            assertThat(fresh()).as("after " + value + " again").hasSize(before + 1);
        }
    }

    @Test
    void cascadeOfForeignKeyIsTracked() {
        UUID parent = Replicas.id();
        run("INSERT INTO folder VALUES (?, 'f')", parent);
        run("UPDATE task SET folder_id = ?", parent);
        int before = fresh().size();
        run("DELETE FROM folder");
        List<Change> changes = fresh().subList(before, fresh().size());
        assertThat(changes).hasSize(3).allMatch(change -> change.kind() == Kind.DELETE);
    }

    @Test
    void ignoredConflictTracksNothing() {
        run("INSERT OR IGNORE INTO task(id, title) VALUES (?, 'other')", one);
        run("UPDATE OR IGNORE task SET code = 'b' WHERE id = ?", one);
        run("INSERT INTO task(id) VALUES (?) ON CONFLICT DO NOTHING", one);
        assertThat(fresh()).isEmpty();
    }

    @Test
    void statementThatFailsHalfwayTracksNothing() {
        assertThatThrownBy(() -> run("UPDATE task SET code = 'same'")).isInstanceOf(QueryException.class);
        assertThat(fresh()).isEmpty();
        database.write(tx -> {
            assertThatThrownBy(() -> tx.execute("UPDATE task SET code = 'same'"))
                    .isInstanceOf(QueryException.class);
            return null;
        });
        assertThat(fresh()).isEmpty();
    }

    @Test
    void localTablesAreNotTracked() {
        run("INSERT INTO setting VALUES ('theme', 'dark')");
        run("UPDATE setting SET value = 'light'");
        run("DELETE FROM setting");
        assertThat(fresh()).isEmpty();
    }

    @Test
    void idsThatAreNoUuidAreRefused() {
        for (Object bad : List.of("text", 7L, new byte[3], "00000000-0000-0000-0000-000000000000")) {
            assertThatThrownBy(() -> run("INSERT INTO note VALUES (?, 'x')", bad))
                    .isInstanceOf(TransactionException.class)
                    .hasMessageContaining("16 bytes");
        }
        assertThatThrownBy(() -> run("INSERT INTO note VALUES (NULL, 'x')")).isInstanceOf(QueryException.class);
        assertThat(Replicas.column(database, "SELECT * FROM note")).isEmpty();
        assertThat(fresh()).isEmpty();
    }

    @Proof
    @Test
    void tenThousandRowsByPlainSqlAreOneTransactionAndOneDelivery() throws InterruptedException {
        database.write(tx -> {
            for (int count = 0; count < 10_000; count++) {
                tx.execute("INSERT INTO note VALUES (?, 'old')", Replicas.id());
            }
            return null;
        });
        int before = fresh().size();
        BlockingQueue<String> results = new LinkedBlockingQueue<>();
        try (var subscription = database.subscribe(
                Query.of("SELECT min(body) || max(body) AS b FROM note").map(row -> row.text("b")),
                Runnable::run,
                result -> results.add(result.rows().getFirst()),
                error -> results.add(error.toString()))) {
            assertThat(results.poll(10, TimeUnit.SECONDS)).isEqualTo("oldold");
            assertThat(run("UPDATE note SET body = 'new' WHERE body = 'old'")).isEqualTo(10_000);
            assertThat(results.poll(10, TimeUnit.SECONDS)).isEqualTo("newnew");
        }
        assertThat(results).isEmpty();
        List<Change> changes = fresh().subList(before, fresh().size());
        assertThat(changes).hasSize(10_000);
        assertThat(changes).allMatch(change -> change.values().equals(Map.of("body", "new")));
        assertThat(changes).extracting(Change::hlcTime).doesNotHaveDuplicates().isSorted();
    }

    private int run(String sql, Object... parameters) {
        return Replicas.run(database, sql, parameters);
    }

    /** The changes after the two that every test begins with. */
    private List<Change> fresh() {
        List<Change> all = Replicas.changes(database);
        return all.subList(2, all.size());
    }

    private Change only() {
        assertThat(fresh()).hasSize(1);
        return fresh().getFirst();
    }

    private static Map<UUID, Change> byRow(List<Change> changes) {
        Map<UUID, Change> byRow = new HashMap<>();
        changes.forEach(change -> byRow.put(change.row(), change));
        return byRow;
    }
}
