package dev.tidemark.engine.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Query;
import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.changelog.Change.Kind;
import dev.tidemark.engine.changelog.VersionVector;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.problem.QueryException;
import dev.tidemark.engine.problem.TransactionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values that capture triggers report equal those in the tables, even after statements that fail. */
class TouchedRowsTest {
    private static final Schema TABLES = Schema.builder()
            .migration("tables", """
                CREATE TABLE any(id BLOB PRIMARY KEY NOT NULL, i INTEGER, r REAL, t TEXT, b BLOB, n NUMERIC, x);
                CREATE TABLE folder(id TEXT PRIMARY KEY NOT NULL, name TEXT);
                CREATE TABLE task(
                  id BLOB PRIMARY KEY NOT NULL, title TEXT, code TEXT UNIQUE,
                  folder_id TEXT REFERENCES folder(id) ON DELETE CASCADE,
                  second_id TEXT REFERENCES folder(id) ON DELETE SET NULL ON UPDATE CASCADE);
                CREATE TABLE seen(title TEXT);
                CREATE TRIGGER task_seen AFTER INSERT ON task BEGIN
                  INSERT INTO seen VALUES (NEW.title);
                  SELECT RAISE(IGNORE) WHERE NEW.title = 'ignore';
                END\
                """)
            .synced("any", "folder", "task")
            .build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase database;
    private SqliteDatabase other;
    private VersionVector before = VersionVector.EMPTY;

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, TABLES);
        database = replicas.open("a");
        other = replicas.open("b");
    }

    @AfterEach
    void close() {
        Replicas.sync(database, other);
        assertThat(other.dump()).isEqualTo(database.dump());
        assertThat(StateDump.of(other)).isEqualTo(StateDump.of(database));
        replicas.close();
    }

    @Test
    void valuesOfAnyKindInAnyKindOfColumnAreTrackedAsTheyAreStored() {
        List<Object> values = new ArrayList<>(Arrays.asList(
                null, 0L, -1L, 3L, Long.MAX_VALUE, Long.MIN_VALUE, 0.0, -0.0, 1.0, 1.5, 1e300, Double.MIN_VALUE));
        values.addAll(
                List.of(Double.POSITIVE_INFINITY, 9007199254740993L, 9.3e18, "", "0", "12", " 12", "1.50", "1e2"));
        values.addAll(
                List.of("-0.0", "x\0y", "\uD83D\uDE00 \u00e4", "9223372036854775808", new byte[0], new byte[] {0}));
        values.addAll(List.of(new byte[] {'1', '2'}, new byte[] {(byte) 0xff, 0, (byte) 0xfe}, "x".repeat(100_000)));
        for (Object value : values) {
            UUID id = Replicas.id();
            run("INSERT INTO any VALUES (?, ?2, ?2, ?2, ?2, ?2, ?2)", id, value);
            assertThat(only().values()).as("inserted %s", value).satisfies(inserted -> sameAsStored(id, inserted));
            UUID changed = Replicas.id();
            run("INSERT INTO any(id) VALUES (?)", changed);
            fresh();
            run("UPDATE any SET i = ?1, r = ?1, t = ?1, b = ?1, n = ?1, x = ?1 WHERE id = ?2", value, changed);
            if (value != null) {
                assertThat(only().values()).as("updated to %s", value).satisfies(now -> sameAsStored(changed, now));
            }
        }
    }

    private void sameAsStored(UUID id, Map<String, Object> tracked) {
        assertThat(tracked).containsOnlyKeys("i", "r", "t", "b", "n", "x");
        tracked.forEach((column, value) -> assertThat(value)
                .isEqualTo(Replicas.value(database, "SELECT " + column + " FROM any WHERE id = ?", id)));
    }

    @Test
    void textThatIsNoUnicodeIsTrackedAsItIsRead() {
        run("INSERT INTO any(id, t) VALUES (?, CAST(x'61ff62' AS TEXT))", Replicas.id());
        assertThat(only().values()).containsEntry("t", "a\uFFFDb");
        run("UPDATE any SET t = 'settled'");
    }

    @Test
    void whatForeignKeysDoToChildrenIsTracked() {
        UUID home = Replicas.id();
        UUID work = Replicas.id();
        UUID task = Replicas.id();
        UUID child = Replicas.id();
        run("INSERT INTO folder VALUES (?, 'home'), (?, 'work')", home.toString(), work.toString());
        run("INSERT INTO task(id, title, second_id) VALUES (?, 'a', ?)", task, home.toString());
        run("INSERT INTO task(id, title, folder_id) VALUES (?, 'b', ?)", child, home.toString());
        fresh();
        run("DELETE FROM folder WHERE name = 'home'");
        List<Change> changes = fresh();
        assertThat(changes).hasSize(3);
        assertThat(of(changes, home).kind()).isEqualTo(Kind.DELETE);
        assertThat(of(changes, child).kind()).isEqualTo(Kind.DELETE);
        Map<String, Object> noSecond = new java.util.HashMap<>();
        noSecond.put("second_id", null);
        assertThat(of(changes, task).values()).isEqualTo(noSecond);

        run("UPDATE task SET second_id = ?", work.toString());
        UUID moved = Replicas.id();
        fresh();
        run("UPDATE folder SET id = ?", moved.toString());
        changes = fresh();
        assertThat(of(changes, work).kind()).isEqualTo(Kind.DELETE);
        assertThat(of(changes, moved).kind()).isEqualTo(Kind.INSERT);
        assertThat(of(changes, task).values()).isEqualTo(Map.of("second_id", moved.toString()));
    }

    @Test
    void statementThatFailsHalfwayLeavesWhatWasBeforeIt() {
        UUID one = Replicas.id();
        UUID two = Replicas.id();
        UUID three = Replicas.id();
        run("INSERT INTO task(id, title, code) VALUES (?, 'one', 'a'), (?, 'two', 'b')", one, two);
        fresh();
        database.write(tx -> {
            tx.execute("UPDATE task SET title = 'first' WHERE id = ?", one);
            // The first row gets its new values before the second one is refused.
            assertThatThrownBy(() -> tx.execute("UPDATE task SET title = 'gone', code = 'c'"))
                    .isInstanceOf(QueryException.class);
            assertThatThrownBy(() -> tx.execute(
                            "INSERT INTO task(id, title, code) VALUES (?, 'three', 'c'), (?, 'four', 'a')",
                            three,
                            Replicas.id()))
                    .isInstanceOf(QueryException.class);
            assertThatThrownBy(() -> tx.list(Query.of("UPDATE task SET title = 'read', code = 'c' RETURNING id")))
                    .isInstanceOf(QueryException.class);
            return null;
        });
        Change change = only();
        assertThat(change.row()).isEqualTo(one);
        assertThat(change.values()).isEqualTo(Map.of("title", "first"));
    }

    @Test
    void rowsThatAFailingStatementKeepsAreTracked() {
        UUID kept = Replicas.id();
        run("INSERT INTO task(id, title, code) VALUES (?, 'old', 'a')", Replicas.id());
        fresh();
        database.write(tx -> {
            assertThatThrownBy(() -> tx.execute(
                            "INSERT OR FAIL INTO task(id, title, code) VALUES (?, 'kept', 'k'), (?, 'refused', 'a')",
                            kept,
                            Replicas.id()))
                    .isInstanceOf(QueryException.class);
            return tx.execute("UPDATE task SET title = 'kept and edited' WHERE code = 'k'");
        });
        Change change = only();
        assertThat(change.row()).isEqualTo(kept);
        assertThat(change.values()).containsEntry("title", "kept and edited").containsEntry("code", "k");
    }

    @Test
    void rowThatMayNotBeAndIsTakenBackHurtsNobody() {
        run("INSERT INTO task(id, title, code) VALUES (?, 'old', 'a')", Replicas.id());
        fresh();
        database.write(tx -> {
            assertThatThrownBy(() -> tx.execute(
                            "INSERT INTO task(id, title, code) VALUES (x'01', 'no id', 'k'), (?, 'refused', 'a')",
                            Replicas.id()))
                    .isInstanceOf(QueryException.class);
            return tx.execute("INSERT INTO any(id) VALUES (?)", Replicas.id());
        });
        assertThat(only().table()).isEqualTo("any");
        assertThatThrownBy(() -> run("INSERT INTO task(id, title) VALUES (x'01', 'no id')"))
                .isInstanceOf(TransactionException.class);
        assertThat(fresh()).isEmpty();
    }

    @Test
    void rolledBackRowsAreNotTrackedByTheNextTransaction() {
        UUID one = Replicas.id();
        run("INSERT INTO task(id, title) VALUES (?, 'one')", one);
        fresh();
        assertThatThrownBy(() -> database.write(tx -> {
                    tx.execute("UPDATE task SET title = 'lost'");
                    tx.execute("INSERT INTO task(id, title) VALUES (?, 'lost')", Replicas.id());
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        run("UPDATE task SET code = 'c'");
        assertThat(only().values()).isEqualTo(Map.of("code", "c"));
        assertThat(Replicas.changes(database).getLast().dot().sequence()).isEqualTo(2);
    }

    @Test
    void rowsReplacedByAUniqueConflictAreTracked() {
        UUID one = Replicas.id();
        UUID two = Replicas.id();
        run("INSERT INTO task(id, title, code) VALUES (?, 'one', 'a'), (?, 'two', 'b')", one, two);
        fresh();
        UUID three = Replicas.id();
        run("INSERT OR REPLACE INTO task(id, title, code) VALUES (?, 'three', 'a')", three);
        run("UPDATE OR REPLACE task SET code = 'b' WHERE id = ?", three);
        List<Change> changes = fresh();
        assertThat(changes).hasSize(4);
        assertThat(of(changes, one).kind()).isEqualTo(Kind.DELETE);
        assertThat(of(changes, two).kind()).isEqualTo(Kind.DELETE);
        assertThat(database.hiddenRows()).isEmpty();
    }

    @Test
    void triggerOfTheApplicationThatEndsItsStatementDoesNotHideTheRow() {
        run("INSERT INTO task(id, title) VALUES (?, 'ignore')", Replicas.id());
        assertThat(Replicas.column(database, "SELECT title FROM task")).containsExactly("ignore");
        assertThat(only().values()).containsEntry("title", "ignore");
    }

    @Test
    void deletedRowsThatComeBackAmongManyNewOnesKnowTheirDelete() {
        UUID first = Replicas.id();
        UUID last = Replicas.id();
        run("INSERT INTO task(id, title) VALUES (?, 'a'), (?, 'b')", first, last);
        run("DELETE FROM task");
        fresh();
        database.write(tx -> {
            for (int number = 0; number < 1100; number++) {
                UUID id = number == 7 ? first : number == 1099 ? last : Replicas.id();
                tx.execute("INSERT INTO task(id, title) VALUES (?, ?)", id, "again " + number);
            }
            return null;
        });
        List<Change> changes = fresh();
        assertThat(changes).hasSize(1100).allMatch(change -> change.kind() == Kind.INSERT);
        for (int index = 1; index < changes.size(); index++) {
            assertThat(changes.get(index).dot().sequence())
                    .isEqualTo(changes.get(index - 1).dot().sequence() + 1);
            assertThat(changes.get(index).hlcTime())
                    .isGreaterThan(changes.get(index - 1).hlcTime());
        }
        assertThat(database.conflicts()).isEmpty();
        assertThat(StateDump.of(database)).contains(first.toString());
    }

    @Test
    void twoProcessesThatTakeTurnsContinueOneSequenceAndOneClock() {
        // A second set of connections on one file is what another process has.
        SqliteDatabase same = replicas.open("a");
        for (int turn = 0; turn < 10; turn++) {
            SqliteDatabase writer = turn % 2 == 0 ? database : same;
            writer.write(tx -> tx.execute("INSERT INTO any(id) VALUES (?)", Replicas.id()));
            if (turn % 3 == 0) {
                Replicas.run(other, "INSERT INTO any(id) VALUES (?)", Replicas.id());
                Replicas.sync(turn % 2 == 0 ? same : database, other);
            }
        }
        List<Change> own = Replicas.changes(database).stream()
                .filter(change -> change.dot().replica().equals(database.replica()))
                .toList();
        assertThat(own).hasSize(10);
        for (int index = 0; index < own.size(); index++) {
            assertThat(own.get(index).dot().sequence()).isEqualTo(index + 1);
            assertThat(own.get(index).context().vector().get(other.replica())).isEqualTo((index + 2) / 3);
            if (index > 0) {
                assertThat(own.get(index).hlcTime())
                        .isGreaterThan(own.get(index - 1).hlcTime());
            }
        }
    }

    @Test
    void rowHiddenByAnotherProcessIsShownByTheWriteThatItWaitsFor() {
        UUID home = Replicas.id();
        UUID child = Replicas.id();
        SqliteDatabase same = replicas.open("a");
        run("INSERT INTO folder VALUES (?, 'home')", home.toString());
        Replicas.sync(database, other);
        run("DELETE FROM folder");
        Replicas.run(other, "INSERT INTO task(id, title, folder_id) VALUES (?, 'b', ?)", child, home.toString());
        Replicas.sync(same, other);
        assertThat(database.hiddenRows()).hasSize(1);
        run("INSERT INTO folder VALUES (?, 'home again')", home.toString());
        assertThat(database.hiddenRows()).isEmpty();
        assertThat(Replicas.column(database, "SELECT title FROM task")).containsExactly("b");
    }

    private void run(String sql, Object... parameters) {
        Replicas.run(database, sql, parameters);
    }

    private static Change of(List<Change> changes, UUID row) {
        return changes.stream()
                .filter(change -> change.row().equals(row))
                .reduce((first, second) -> {
                    throw new AssertionError("Two changes of " + row);
                })
                .orElseThrow();
    }

    private Change only() {
        List<Change> changes = fresh();
        assertThat(changes).hasSize(1);
        return changes.getFirst();
    }

    /** The changes since the last call. */
    private List<Change> fresh() {
        List<Change> changes = Replicas.changes(database, before);
        before = database.changelog().vector();
        return changes;
    }
}
