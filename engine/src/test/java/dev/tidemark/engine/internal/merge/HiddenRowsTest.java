package dev.tidemark.engine.internal.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.changelog.Batch;
import dev.tidemark.engine.changelog.Change;
import dev.tidemark.engine.history.Conflict;
import dev.tidemark.engine.history.HiddenRow;
import dev.tidemark.engine.history.HiddenRow.Reason;
import dev.tidemark.engine.internal.store.Replicas;
import dev.tidemark.engine.internal.store.SqliteDatabase;
import dev.tidemark.engine.internal.store.StateDump;
import dev.tidemark.engine.problem.QueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/correctness.md#r1, acceptance 26: all devices hide and list the same rows, and show them once possible. */
class HiddenRowsTest {
    private static final Schema CHECKED = Schema.builder()
            .migration("checked", """
                CREATE TABLE span(id BLOB PRIMARY KEY NOT NULL, low INTEGER, high INTEGER,
                  parent BLOB REFERENCES span(id) ON DELETE CASCADE, CHECK (low <= high));
                CREATE TABLE seat(id BLOB PRIMARY KEY NOT NULL, row TEXT, number INTEGER, holder TEXT UNIQUE,
                  UNIQUE (row, number) ON CONFLICT REPLACE);
                CREATE TABLE a(id BLOB PRIMARY KEY NOT NULL, b_id BLOB REFERENCES b(id) DEFERRABLE INITIALLY DEFERRED);
                CREATE TABLE b(id BLOB PRIMARY KEY NOT NULL, a_id BLOB REFERENCES a(id) DEFERRABLE INITIALLY DEFERRED);
                CREATE TABLE tag(id BLOB PRIMARY KEY NOT NULL, a_id BLOB NOT NULL REFERENCES a(id) ON DELETE CASCADE);
                CREATE TABLE file(id BLOB PRIMARY KEY NOT NULL, a_id BLOB NOT NULL REFERENCES a(id) ON DELETE CASCADE)\
                """)
            .synced("span", "seat", "a", "b", "tag", "file")
            .build();

    @TempDir
    Path folder;

    private Replicas replicas;
    private SqliteDatabase a;
    private SqliteDatabase b;
    private final UUID parent = Replicas.id();
    private final UUID child = Replicas.id();

    @BeforeEach
    void open() {
        replicas = new Replicas(folder, Replicas.TASKS);
        a = replicas.open("a");
        b = replicas.open("b");
        Replicas.run(a, "INSERT INTO folder VALUES (?, 'f')", parent);
        Replicas.sync(a, b);
    }

    @AfterEach
    void close() {
        Replicas.syncAll(a, b);
        expectAlike(a, b);
        replicas.close();
    }

    private static void expectAlike(SqliteDatabase one, SqliteDatabase other) {
        assertThat(StateDump.of(other)).isEqualTo(StateDump.of(one));
        assertThat(other.dump()).isEqualTo(one.dump());
        assertThat(other.hiddenRows()).isEqualTo(one.hiddenRows());
        assertThat(other.conflicts()).isEqualTo(one.conflicts());
    }

    private void addChild(SqliteDatabase database) {
        Replicas.run(database, "INSERT INTO task(id, title, folder_id) VALUES (?, 'child', ?)", child, parent);
    }

    @Test
    void childOfParentDeletedElsewhereIsHiddenAlikeAndListed() {
        Replicas.run(a, "DELETE FROM folder");
        addChild(b);
        Replicas.sync(a, b);
        for (SqliteDatabase database : List.of(a, b)) {
            assertThat(Replicas.column(database, "SELECT * FROM task")).isEmpty();
            assertThat(database.hiddenRows())
                    .containsExactly(new HiddenRow("task", child, Reason.PARENT, "folder", parent));
        }
        assertThat(a.dump()).contains("child");
    }

    @Test
    void childrenInSeveralTablesAreAllHiddenWhenTheirParentGoes() {
        SqliteDatabase one = replicas.open("one", CHECKED);
        SqliteDatabase two = replicas.open("two", CHECKED);
        Replicas.run(one, "INSERT INTO a VALUES (?, NULL)", parent);
        Replicas.sync(one, two);
        UUID file = Replicas.id();
        Replicas.run(one, "INSERT INTO tag VALUES (?, ?)", child, parent);
        Replicas.run(one, "INSERT INTO file VALUES (?, ?)", file, parent);
        Replicas.run(two, "DELETE FROM a");
        Replicas.sync(one, two);
        assertThat(one.hiddenRows())
                .containsExactlyInAnyOrder(
                        new HiddenRow("tag", child, Reason.PARENT, "a", parent),
                        new HiddenRow("file", file, Reason.PARENT, "a", parent));
        assertThat(Replicas.column(one, "SELECT \"table\" FROM pragma_foreign_key_check"))
                .isEmpty();
        expectAlike(one, two);
    }

    @Test
    void hiddenChildIsShownAgainWhenItsParentComesBack() {
        Replicas.run(a, "DELETE FROM folder");
        addChild(b);
        Replicas.sync(a, b);
        Replicas.run(a, "INSERT INTO folder VALUES (?, 'again')", parent);
        assertThat(Replicas.column(a, "SELECT title FROM task")).containsExactly("child");
        Replicas.sync(a, b);
        assertThat(Replicas.column(b, "SELECT title FROM task")).containsExactly("child");
        assertThat(b.hiddenRows()).isEmpty();
        assertThat(Replicas.column(b, "SELECT \"table\" FROM pragma_foreign_key_check"))
                .isEmpty();
    }

    @Test
    void editsOfHiddenRowsArriveAndShowLater() {
        SqliteDatabase c = replicas.open("c");
        addChild(b);
        Replicas.sync(b, c);
        Replicas.run(a, "DELETE FROM folder");
        Replicas.sync(a, b);
        Replicas.run(c, "UPDATE task SET title = 'edited while hidden elsewhere'");
        Replicas.syncAll(a, b, c);
        assertThat(b.hiddenRows()).hasSize(1);
        Replicas.run(b, "INSERT INTO folder VALUES (?, 'again')", parent);
        Replicas.syncAll(a, b, c);
        assertThat(Replicas.column(a, "SELECT title FROM task")).containsExactly("edited while hidden elsewhere");
        expectAlike(a, c);
    }

    @Test
    void rowThatWasShownIsHiddenWhenItsParentGoes() {
        addChild(a);
        Replicas.sync(a, b);
        Replicas.run(b, "UPDATE task SET done = 1");
        Replicas.run(a, "DELETE FROM folder");
        UUID second = Replicas.id();
        Replicas.run(b, "INSERT INTO task(id, folder_id) VALUES (?, ?)", second, parent);
        Replicas.sync(a, b);
        for (SqliteDatabase database : List.of(a, b)) {
            assertThat(Replicas.column(database, "SELECT id FROM task")).isEmpty();
            assertThat(database.hiddenRows()).extracting(HiddenRow::row).containsExactly(second);
            assertThat(database.conflicts()).extracting(Conflict::column).containsOnly(Conflict.ROW);
        }
    }

    @Test
    void parentAndChildInAnyOrderOnAnyDeviceReachAFreshReplicaWithoutViolation() {
        addChild(b);
        Replicas.sync(a, b);
        Replicas.run(a, "UPDATE folder SET name = 'renamed'");
        Replicas.run(b, "UPDATE task SET folder_id = NULL");
        Replicas.run(b, "UPDATE task SET folder_id = ?", parent);
        Replicas.sync(a, b);
        for (int size : new int[] {1, 2, 100}) {
            SqliteDatabase fresh = replicas.open("fresh" + size);
            Replicas.pull(a, fresh, new Batch.Limit(size, 1 << 20));
            assertThat(Replicas.column(fresh, "SELECT \"table\" FROM pragma_foreign_key_check"))
                    .isEmpty();
            expectAlike(a, fresh);
        }
    }

    @Test
    void childThatArrivesBeforeItsParentIsHiddenAndListedUntilThen() {
        SqliteDatabase one = replicas.open("one", CHECKED);
        SqliteDatabase two = replicas.open("two", CHECKED);
        // Only a transaction can save a child first: else its writer has seen the parent, and so must whoever takes it.
        one.write(tx -> {
            tx.execute("INSERT INTO b VALUES (?, ?)", child, parent);
            return tx.execute("INSERT INTO a VALUES (?, NULL)", parent);
        });
        List<Change> changes = Replicas.changes(one);
        assertThat(changes).extracting(Change::table).containsExactly("b", "a");
        two.changelog().append(new Batch(changes.subList(0, 1)));
        assertThat(Replicas.column(two, "SELECT id FROM b")).isEmpty();
        assertThat(two.hiddenRows()).containsExactly(new HiddenRow("b", child, Reason.PARENT, "a", parent));
        two.changelog().append(new Batch(changes.subList(1, 2)));
        assertThat(Replicas.column(two, "SELECT id FROM b")).hasSize(1);
        expectAlike(one, two);
    }

    @Test
    void resolvingHiddenRowKeepsIt() {
        addChild(a);
        Replicas.sync(a, b);
        Replicas.run(a, "DELETE FROM folder");
        Replicas.run(b, "UPDATE task SET title = 'kept'");
        Replicas.sync(a, b);
        assertThat(a.hiddenRows()).hasSize(1);
        assertThat(a.conflicts()).hasSize(1);
        a.write(tx -> {
            tx.resolve("task", child, Conflict.ROW);
            return null;
        });
        assertThat(a.conflicts()).isEmpty();
        assertThat(a.hiddenRows()).hasSize(1);
        Replicas.run(a, "INSERT INTO folder VALUES (?, 'again')", parent);
        assertThat(Replicas.column(a, "SELECT title FROM task")).containsExactly("kept");
        Replicas.sync(a, b);
        assertThat(Replicas.column(b, "SELECT title FROM task")).containsExactly("kept");
    }

    @Test
    void threeUniqueConflictsShowTheOldestRowThenTheNext() {
        SqliteDatabase c = replicas.open("c");
        Replicas.sync(a, c);
        List<SqliteDatabase> all = List.of(a, b, c);
        List<UUID> ids = new ArrayList<>();
        for (SqliteDatabase database : all) {
            UUID id = Replicas.id();
            ids.add(id);
            Replicas.run(database, "INSERT INTO task(id, code) VALUES (?, 'same')", id);
        }
        for (int left = 3; left > 0; left--) {
            Replicas.syncAll(c, b, a);
            for (SqliteDatabase database : all) {
                assertThat(Replicas.column(database, "SELECT id FROM task"))
                        .containsExactly(dev.tidemark.engine.internal.codec.ChangeCodec.bytesOf(ids.get(3 - left)));
                assertThat(database.hiddenRows())
                        .hasSize(left - 1)
                        .allMatch(row -> row.reason() == Reason.UNIQUE_CONFLICT);
                expectAlike(a, database);
            }
            Replicas.run(all.get(left - 1), "DELETE FROM task WHERE id = ?", ids.get(3 - left));
        }
    }

    @Test
    void rowHiddenByAHiddenUniqueConflictIsShownInTheEnd() {
        UUID orphan = Replicas.id();
        UUID rival = Replicas.id();
        Replicas.run(b, "INSERT INTO task(id, folder_id, code) VALUES (?, ?, 'x')", orphan, parent);
        Replicas.run(a, "INSERT INTO task(id, code) VALUES (?, 'x')", rival);
        Replicas.run(a, "DELETE FROM folder");
        Replicas.sync(a, b);
        expectAlike(a, b);
        assertThat(a.hiddenRows()).hasSize(2);
        Replicas.run(b, "INSERT INTO folder VALUES (?, 'again')", parent);
        Replicas.sync(a, b);
        assertThat(a.hiddenRows())
                .containsExactly(new HiddenRow("task", rival, Reason.UNIQUE_CONFLICT, "task", orphan));
        Replicas.run(a, "UPDATE task SET code = 'y'");
        Replicas.sync(a, b);
        assertThat(b.hiddenRows()).isEmpty();
        assertThat(Replicas.column(b, "SELECT code FROM task ORDER BY code")).containsExactly("x", "y");
    }

    @Test
    void rowsThatReferToEachOtherAreShown() {
        SqliteDatabase one = replicas.open("one", CHECKED);
        SqliteDatabase two = replicas.open("two", CHECKED);
        one.write(tx -> {
            tx.execute("INSERT INTO a VALUES (?, ?)", parent, child);
            return tx.execute("INSERT INTO b VALUES (?, ?)", child, parent);
        });
        for (Change change : Replicas.changes(one)) {
            two.changelog().append(new Batch(List.of(change)));
        }
        expectAlike(one, two);
        assertThat(two.hiddenRows()).isEmpty();
        Replicas.run(two, "UPDATE a SET b_id = NULL");
        Replicas.run(two, "DELETE FROM b");
        Replicas.run(one, "UPDATE b SET a_id = NULL");
        Replicas.sync(one, two);
        expectAlike(one, two);
    }

    @Test
    void combinationThatNoDeviceWroteIsShownAlthoughACheckForbidsIt() {
        SqliteDatabase one = replicas.open("one", CHECKED);
        SqliteDatabase two = replicas.open("two", CHECKED);
        Replicas.run(one, "INSERT INTO span VALUES (?, 1, 9, NULL)", parent);
        Replicas.run(one, "INSERT INTO span VALUES (?, 1, 9, ?)", child, parent);
        Replicas.sync(one, two);
        Replicas.run(one, "UPDATE span SET low = 8 WHERE id = ?", child);
        Replicas.run(two, "UPDATE span SET high = 2 WHERE id = ?", child);
        Replicas.sync(one, two);
        expectAlike(one, two);
        assertThat(Replicas.value(two, "SELECT low - high FROM span WHERE id = ?", child))
                .isEqualTo(6L);
        assertThatThrownBy(() -> Replicas.run(one, "INSERT INTO span VALUES (?, 2, 1, NULL)", Replicas.id()))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void localWriteShowsWhatWasHiddenWhateverChecksSay() {
        SqliteDatabase one = replicas.open("one", CHECKED);
        SqliteDatabase two = replicas.open("two", CHECKED);
        SqliteDatabase three = replicas.open("three", CHECKED);
        Replicas.run(one, "INSERT INTO span VALUES (?, 1, 9, NULL)", parent);
        Replicas.run(one, "INSERT INTO span VALUES (?, 1, 9, ?)", child, parent);
        Replicas.syncAll(one, two, three);
        Replicas.run(one, "DELETE FROM span WHERE id = ?", parent);
        Replicas.run(two, "UPDATE span SET low = 8 WHERE id = ?", child);
        Replicas.run(three, "UPDATE span SET high = 2 WHERE id = ?", child);
        Replicas.syncAll(one, two, three);
        assertThat(one.hiddenRows()).hasSize(1);
        Replicas.run(one, "INSERT INTO span VALUES (?, 1, 9, NULL)", parent);
        Replicas.syncAll(one, two, three);
        assertThat(one.hiddenRows()).isEmpty();
        expectAlike(one, two);
        expectAlike(one, three);
        assertThatThrownBy(() -> Replicas.run(one, "INSERT INTO span VALUES (?, 2, 1, NULL)", Replicas.id()))
                .isInstanceOf(QueryException.class);
    }

    @Test
    void conflictClauseOfTheTableDoesNotResolveUniqueConflicts() {
        SqliteDatabase one = replicas.open("one", CHECKED);
        SqliteDatabase two = replicas.open("two", CHECKED);
        Replicas.run(one, "INSERT INTO seat VALUES (?, 'A', 1, 'Ann')", parent);
        Replicas.run(two, "INSERT INTO seat VALUES (?, 'A', 1, 'Bob')", child);
        Replicas.run(two, "INSERT INTO seat VALUES (?, 'B', 2, 'Ann')", Replicas.id());
        Replicas.sync(one, two);
        expectAlike(one, two);
        assertThat(Replicas.column(two, "SELECT holder FROM seat")).containsExactly("Ann");
        assertThat(two.hiddenRows()).hasSize(2);
    }
}
