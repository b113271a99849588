package dev.tidemark.engine.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.engine.Schema;
import dev.tidemark.engine.history.HiddenRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/correctness.md#r1 and #r13: the engine adds nothing to the application's tables, triggers and columns. */
class TriggersAndGeneratedColumnsTest {
    private static final Schema INDEXED =
            Schema.builder().migration("indexed", """
                CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, body TEXT, size INTEGER AS (length(body)) STORED);
                CREATE VIRTUAL TABLE note_text USING fts5(id UNINDEXED, body);
                CREATE TRIGGER note_added AFTER INSERT ON note
                BEGIN INSERT INTO note_text(id, body) VALUES (NEW.id, NEW.body); END;
                CREATE TRIGGER note_removed AFTER DELETE ON note
                BEGIN DELETE FROM note_text WHERE id = OLD.id; END;
                CREATE TRIGGER note_changed AFTER UPDATE ON note
                BEGIN UPDATE note_text SET body = NEW.body WHERE id = OLD.id; END;
                CREATE TRIGGER note_no AFTER INSERT ON note WHEN NEW.body = 'bomb'
                BEGIN SELECT RAISE(ABORT, 'no bombs here'); END\
                """).synced("note").build();

    private static final Schema PLAIN = Schema.builder()
            .migration("plain", "CREATE TABLE note(id BLOB PRIMARY KEY NOT NULL, body TEXT)")
            .synced("note")
            .build();

    @TempDir
    Path folder;

    private static List<Object> found(SqliteDatabase database, String word) {
        return Replicas.column(database, "SELECT body FROM note_text WHERE note_text MATCH ?", word);
    }

    @Test
    void triggersThatWriteLocalTablesFireOnMergesToo() {
        try (Replicas replicas = new Replicas(folder, INDEXED)) {
            SqliteDatabase a = replicas.open("a");
            SqliteDatabase b = replicas.open("b");
            Replicas.run(a, "INSERT INTO note VALUES (?, 'buy milk')", Replicas.id());
            Replicas.sync(a, b);
            assertThat(found(b, "milk")).containsExactly("buy milk");
            Replicas.run(a, "UPDATE note SET body = 'buy bread'");
            Replicas.sync(a, b);
            assertThat(found(b, "milk")).isEmpty();
            assertThat(found(b, "bread")).containsExactly("buy bread");
            assertThat(Replicas.value(b, "SELECT size FROM note")).isEqualTo(9L);
            Replicas.run(b, "DELETE FROM note");
            Replicas.sync(a, b);
            assertThat(found(a, "bread")).isEmpty();
            assertThat(Replicas.changes(a))
                    .hasSize(3)
                    .allMatch(change -> change.table().equals("note"));
        }
    }

    @Test
    void rowThatSqliteDoesNotTakeIsHiddenAndTheRestOfTheMergeGoesOn() {
        try (Replicas replicas = new Replicas(folder, INDEXED)) {
            SqliteDatabase a = replicas.open("a", PLAIN);
            SqliteDatabase b = replicas.open("b", INDEXED);
            a.write(tx -> tx.execute(
                    "INSERT INTO note VALUES (?, 'one'), (?, 'bomb'), (?, 'two')",
                    Replicas.id(),
                    Replicas.id(),
                    Replicas.id()));
            Replicas.sync(a, b);
            assertThat(Replicas.column(b, "SELECT body FROM note ORDER BY body"))
                    .containsExactly("one", "two");
            assertThat(Replicas.column(b, "SELECT body FROM note_text ORDER BY body"))
                    .containsExactly("one", "two");
            assertThat(b.hiddenRows()).hasSize(1).allMatch(row -> row.reason() == HiddenRow.Reason.REFUSED);
            Replicas.run(a, "UPDATE note SET body = 'balm' WHERE body = 'bomb'");
            Replicas.sync(a, b);
            assertThat(b.hiddenRows()).isEmpty();
            assertThat(found(b, "balm")).hasSize(1);
        }
    }

    @Test
    void tableHasTheApplicationsColumnsOnly() {
        try (Replicas replicas = new Replicas(folder, Replicas.TASKS)) {
            SqliteDatabase a = replicas.open("a");
            assertThat(Replicas.column(a, "SELECT name FROM pragma_table_xinfo('note')"))
                    .containsExactly("id", "body");
            assertThat(Replicas.column(
                            a,
                            "SELECT name FROM sqlite_schema WHERE name LIKE 'tm!_%' ESCAPE '!' AND"
                                    + " tbl_name NOT LIKE 'tm!_%' ESCAPE '!'"))
                    .isEmpty();
        }
    }
}
